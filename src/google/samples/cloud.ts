import { PUBSUB_MESSAGE } from '../pubsub';
import { dataOr, type Sample, type SampleContext, type SampleRow, typesOf } from './sample-row';

const PROJECT = 'projects/my-project';
const PLACE = `${PROJECT}/locations/us-central1`;

/** The services of Google Cloud. */
export const cloudSamples: Readonly<Record<string, SampleRow>> = {
  pubsub: [['google.cloud.pubsub.topic.v1.messagePublished'], pubsubSample],
  datastore: [
    typesOf('google.cloud.datastore.entity.v1', 'written created updated deleted'),
    datastoreSample,
  ],
  audit: [['google.cloud.audit.log.v1.written'], auditSample],
  build: [['google.cloud.cloudbuild.build.v1.statusChanged'], buildSample],
  scheduler: [['google.cloud.scheduler.job.v1.executed'], schedulerSample],
  workflows: [
    typesOf('google.cloud.workflows.workflow.v1', 'created updated deleted'),
    workflowsSample,
  ],
  batch: [typesOf('google.cloud.batch.job.v1', 'created deleted'), batchSample],
  dataflow: [['google.cloud.dataflow.job.v1beta3.statusChanged'], dataflowSample],
};

function pubsubSample({ id, time, overrides }: SampleContext): Sample {
  return {
    source: `//pubsub.googleapis.com/${PROJECT}/topics/my-topic`,
    data: dataOr(overrides, {
      subscription: `${PROJECT}/subscriptions/my-subscription`,
      message: {
        '@type': PUBSUB_MESSAGE,
        data: Buffer.from('Hello, World!').toString('base64'),
        attributes: { origin: 'barefn' },
        messageId: id,
        publishTime: time,
      },
    }),
  };
}

function datastoreSample({ time, type, overrides }: SampleContext): Sample {
  const key = { partitionId: { projectId: 'my-project' }, path: [{ kind: 'User', name: 'alice' }] };
  const entity = (visits: string, updateTime: string): object => ({
    entity: {
      key,
      properties: { name: { stringValue: 'Alice' }, visits: { integerValue: visits } },
    },
    createTime: '2024-01-15T09:30:00.000000Z',
    updateTime,
  });
  const [before, after] = [entity('1', '2024-01-15T09:30:00.000000Z'), entity('2', time)];
  const hasBefore = !type.includes('.created');
  const hasAfter = !type.includes('.deleted');
  return {
    source: `//datastore.googleapis.com/${PROJECT}/databases/(default)`,
    subject: 'entities/User:alice',
    attributes: {
      database: '(default)',
      entity: 'User:alice',
      location: 'us-central1',
      namespace: '(default)',
      project: 'my-project',
    },
    data: dataOr(overrides, {
      ...(hasAfter && { value: after }),
      ...(hasBefore && { oldValue: before }),
      ...(hasAfter && hasBefore && { updateMask: { propertyPaths: ['visits'] } }),
    }),
  };
}

function auditSample({ time, overrides }: SampleContext): Sample {
  const resourceName = `${PROJECT}/topics/my-topic`;
  const serviceName = 'pubsub.googleapis.com';
  const methodName = 'google.pubsub.v1.Publisher.CreateTopic';
  return {
    source: `//cloudaudit.googleapis.com/${PROJECT}/logs/activity`,
    subject: `${serviceName}/${resourceName}`,
    attributes: { servicename: serviceName, methodname: methodName, resourcename: resourceName },
    data: dataOr(overrides, {
      insertId: '9frck8cf9j',
      logName: `${PROJECT}/logs/cloudaudit.googleapis.com%2Factivity`,
      resource: {
        type: 'pubsub_topic',
        labels: { project_id: 'my-project', topic_id: resourceName },
      },
      protoPayload: {
        serviceName,
        methodName,
        resourceName,
        authenticationInfo: { principalEmail: 'alice@example.com' },
        authorizationInfo: [
          {
            resource: PROJECT,
            permission: 'pubsub.topics.create',
            granted: true,
            resourceAttributes: {},
          },
        ],
        requestMetadata: { callerIp: '192.0.2.1', callerSuppliedUserAgent: 'google-cloud-sdk' },
        request: { '@type': 'type.googleapis.com/google.pubsub.v1.Topic', name: resourceName },
        response: { '@type': 'type.googleapis.com/google.pubsub.v1.Topic', name: resourceName },
      },
      severity: 'NOTICE',
      timestamp: time,
      receiveTimestamp: time,
    }),
  };
}

function buildSample({ time, overrides }: SampleContext): Sample {
  const id = '2b4e1f5c-7a3d-4f6e-9b8a-0c1d2e3f4a5b';
  return {
    source: `//cloudbuild.googleapis.com/${PROJECT}`,
    subject: `builds/${id}`,
    data: dataOr(overrides, {
      id,
      projectId: 'my-project',
      status: 'SUCCESS',
      steps: [
        {
          name: 'gcr.io/cloud-builders/docker',
          args: ['build', '-t', 'gcr.io/my-project/my-image', '.'],
          status: 'SUCCESS',
          timing: { startTime: time, endTime: time },
        },
      ],
      results: {
        images: [
          {
            name: 'gcr.io/my-project/my-image',
            digest: 'sha256:0123',
            pushTiming: { startTime: time, endTime: time },
          },
        ],
        buildStepImages: ['sha256:4567'],
      },
      createTime: time,
      startTime: time,
      finishTime: time,
      timeout: '600s',
      images: ['gcr.io/my-project/my-image'],
      artifacts: { images: ['gcr.io/my-project/my-image'] },
      logsBucket: 'gs://123456789012.cloudbuild-logs.googleusercontent.com',
      logUrl: `https://console.cloud.google.com/cloud-build/builds/${id}?project=123456789012`,
      tags: ['main'],
    }),
  };
}

function schedulerSample({ overrides }: SampleContext): Sample {
  return {
    source: `//cloudscheduler.googleapis.com/${PLACE}/jobs/nightly`,
    data: dataOr(overrides, { customData: Buffer.from('{"report":"daily"}').toString('base64') }),
  };
}

function workflowsSample({ time, overrides }: SampleContext): Sample {
  return {
    source: `//workflows.googleapis.com/${PLACE}`,
    subject: 'workflows/my-workflow',
    attributes: { workflow: 'my-workflow' },
    data: dataOr(overrides, {
      payload: {
        name: `${PLACE}/workflows/my-workflow`,
        state: 'ACTIVE',
        revisionId: '000001-0a1',
        createTime: time,
        updateTime: time,
        revisionCreateTime: time,
        serviceAccount: `${PROJECT}/serviceAccounts/workflows@my-project.iam.gserviceaccount.com`,
        sourceContents: 'main:\n  steps:\n    - end:\n        return: done\n',
      },
    }),
  };
}

function batchSample({ time, overrides }: SampleContext): Sample {
  return {
    source: `//batch.googleapis.com/${PLACE}`,
    subject: 'jobs/my-job',
    attributes: { job: 'my-job' },
    data: dataOr(overrides, {
      payload: {
        name: `${PLACE}/jobs/my-job`,
        uid: 'my-job-0a1b2c3d',
        priority: '10',
        taskGroups: [{ name: `${PROJECT}/taskGroups/group0`, taskCount: '4', parallelism: '2' }],
        status: { state: 'QUEUED' },
        createTime: time,
        updateTime: time,
      },
    }),
  };
}

function dataflowSample({ time, overrides }: SampleContext): Sample {
  const id = '2024-01-15_01_30_00-1234567890123456789';
  return {
    source: `//dataflow.googleapis.com/${PLACE}`,
    subject: `jobs/${id}`,
    attributes: { job: id, location: 'us-central1' },
    data: dataOr(overrides, {
      payload: {
        id,
        projectId: 'my-project',
        name: 'wordcount',
        type: 'JOB_TYPE_BATCH',
        currentState: 'JOB_STATE_DONE',
        currentStateTime: time,
        createTime: time,
        startTime: time,
        location: 'us-central1',
      },
    }),
  };
}
