import { dataOr, type Sample, type SampleContext, type SampleRow, typesOf } from './sample-row';

const PROJECT = 'projects/my-project';
const ALERT = 'type.googleapis.com/google.events.firebase.firebasealerts.v1';

/** The services of Firebase, but for Firestore. */
export const firebaseSamples: Readonly<Record<string, SampleRow>> = {
  auth: [typesOf('google.firebase.auth.user.v1', 'created deleted'), authSample],
  database: [
    typesOf('google.firebase.database.ref.v1', 'written created updated deleted'),
    databaseSample,
  ],
  dataconnect: [['google.firebase.dataconnect.connector.v1.mutationExecuted'], dataConnectSample],
  remoteconfig: [['google.firebase.remoteconfig.remoteConfig.v1.updated'], remoteConfigSample],
  testlab: [['google.firebase.testlab.testMatrix.v1.completed'], testLabSample],
  alerts: [['google.firebase.firebasealerts.alerts.v1.published'], alertsSample],
  analytics: [['google.firebase.analytics.log.v1.written'], analyticsSample],
};

function authSample({ time, overrides }: SampleContext): Sample {
  const uid = 'kR3vYx8QmTfWc2NzLp0HsJ6DbGa1';
  return {
    source: `//firebaseauth.googleapis.com/${PROJECT}`,
    subject: `users/${uid}`,
    data: dataOr(overrides, {
      uid,
      email: 'alice@example.com',
      displayName: 'Alice',
      metadata: { createTime: time, lastSignInTime: time },
      providerData: [{ providerId: 'password', uid: 'alice@example.com' }],
    }),
  };
}

function databaseSample({ type, subject, overrides }: SampleContext): Sample {
  const ref = subject?.replace(/^refs\//, '') ?? 'users/alice';
  const data = type.endsWith('.created') ? null : { visits: 1 };
  const delta = type.endsWith('.deleted') ? null : { visits: 2 };
  return {
    source:
      '//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/my-project',
    subject: `refs/${ref}`,
    attributes: {
      firebasedatabasehost: 'firebaseio.com',
      instance: 'my-project',
      location: 'us-central1',
      ref,
    },
    data: dataOr(overrides, { data, delta }),
  };
}

function dataConnectSample({ overrides }: SampleContext): Sample {
  return {
    source: `//firebasedataconnect.googleapis.com/${PROJECT}/locations/us-central1/services/my-service/connectors/my-connector`,
    subject: 'connectors/my-connector/operations/CreateUser',
    attributes: {
      authid: 'kR3vYx8QmTfWc2NzLp0HsJ6DbGa1',
      authtype: 'app_user',
      connector: 'my-connector',
      location: 'us-central1',
      operation: 'CreateUser',
      project: 'my-project',
      service: 'my-service',
    },
    data: dataOr(overrides, {
      payload: { data: { user_insert: { id: '1' } }, variables: { name: 'Alice' } },
    }),
  };
}

function remoteConfigSample({ time, overrides }: SampleContext): Sample {
  return {
    source: `//firebaseremoteconfig.googleapis.com/${PROJECT}`,
    data: dataOr(overrides, {
      versionNumber: '5',
      updateTime: time,
      updateUser: { name: 'Alice', email: 'alice@example.com' },
      description: 'New colours',
      updateOrigin: 'CONSOLE',
      updateType: 'INCREMENTAL_UPDATE',
    }),
  };
}

function testLabSample({ time, overrides }: SampleContext): Sample {
  const testMatrixId = 'matrix-1a2b3c4d5e6f7';
  return {
    source: `//firebasetestlab.googleapis.com/${PROJECT}`,
    subject: `testMatrices/${testMatrixId}`,
    data: dataOr(overrides, {
      createTime: time,
      state: 'FINISHED',
      outcomeSummary: 'SUCCESS',
      clientInfo: { client: 'gcloud' },
      resultStorage: {
        toolResultsHistory: `${PROJECT}/histories/1234567890`,
        toolResultsExecution: `${PROJECT}/histories/1234567890/executions/9876543210`,
        resultsUri: 'https://console.firebase.google.com/project/my-project/testlab',
        gcsPath: 'gs://test-lab-results/2024-01-15',
      },
      testMatrixId,
    }),
  };
}

function alertsSample({ time, overrides }: SampleContext): Sample {
  return {
    source: '//firebasealerts.googleapis.com/projects/123456789012',
    attributes: {
      alerttype: 'crashlytics.newFatalIssue',
      appid: '1:123456789012:android:0a1b2c3d4e5f',
    },
    data: dataOr(overrides, {
      createTime: time,
      payload: {
        '@type': `${ALERT}.CrashlyticsNewFatalIssuePayload`,
        issue: {
          id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
          title: 'MainActivity.java',
          subtitle: 'NullPointerException',
          appVersion: '1.0.0 (1)',
        },
      },
    }),
  };
}

function analyticsSample({ time, overrides }: SampleContext): Sample {
  return {
    source: `//firebase.googleapis.com/${PROJECT}`,
    subject: 'events/session_start',
    data: dataOr(overrides, {
      eventDim: [
        {
          name: 'session_start',
          date: '20240115',
          params: { firebase_screen: { stringValue: 'home' } },
          timestampMicros: String(Date.parse(time) * 1000),
        },
      ],
      userDim: {
        appInfo: { appId: 'com.example.app', appPlatform: 'ANDROID', appVersion: '1.0.0' },
        geoInfo: { country: 'Germany', city: 'Berlin' },
      },
    }),
  };
}
