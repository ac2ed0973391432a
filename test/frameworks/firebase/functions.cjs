// Functions as a Firebase project has them, of both generations. Each reports what it got.
process.env.FIREBASE_CONFIG ??= JSON.stringify({
  projectId: 'demo',
  databaseURL: 'https://demo.firebaseio.com',
  storageBucket: 'demo.appspot.com',
});
process.env.GCLOUD_PROJECT ??= 'demo';

const v1 = require('firebase-functions/v1');
const https = require('firebase-functions/https');
const { onValueCreated, onValueWritten } = require('firebase-functions/database');
const firestore = require('firebase-functions/firestore');
const { onMessagePublished } = require('firebase-functions/pubsub');
const { onSchedule } = require('firebase-functions/scheduler');
const { onObjectFinalized } = require('firebase-functions/storage');
const { onTaskDispatched } = require('firebase-functions/tasks');

/** What the functions got, the latest last. */
exports.seen = [];
function report(value) {
  exports.seen.push(JSON.parse(JSON.stringify(value)));
  if (process.env.PRINT) console.log(`got ${JSON.stringify(value)}`);
}

exports.request = https.onRequest({ cors: true }, (req, res) => {
  res.status(201).json({ path: req.path, body: req.body, raw: String(req.rawBody) });
});
exports.call = https.onCall(({ data, auth }) => {
  if (data.fail) throw new https.HttpsError('not-found', 'nothing there', { id: 7 });
  return { sum: data.a + data.b, auth: auth ?? null };
});
exports.stream = https.onCall(async ({ data }, response) => {
  for (let i = 1; i <= data.count; i++) await response.sendChunk({ i });
  return 'end';
});
exports.task = onTaskDispatched(({ data, retryCount, queueName }) => {
  report({ data, retryCount, queueName });
});
exports.schedule = onSchedule('every day 00:00', ({ jobName, scheduleTime }) => {
  report({ jobName, scheduleTime });
});
exports.written = firestore.onDocumentWritten('users/{uid}', ({ params, data }) => {
  report({ params, before: data.before.data() ?? null, after: data.after.data() ?? null });
});
exports.createdBy = firestore.onDocumentCreatedWithAuthContext('users/{uid}', (event) => {
  report({ params: event.params, authType: event.authType, authId: event.authId });
});
exports.published = onMessagePublished('topic', ({ data: { message }, id }) => {
  report({ id, json: message.json, attributes: message.attributes });
});
exports.finalized = onObjectFinalized(({ bucket, data }) => {
  report({ bucket, name: data.name, size: data.size });
});
exports.refCreated = onValueCreated('/users/{uid}', ({ params, data, ref }) => {
  report({ params, value: data.val(), ref });
});
exports.refWritten = onValueWritten('/users/{uid}', ({ params, data }) => {
  report({ params, before: data.before.val(), after: data.after.val() });
});
exports.fails = onMessagePublished('topic', async () => {
  throw new Error('no luck');
});

exports.old = {
  request: v1.https.onRequest((req, res) => res.send(`old ${req.query.name}`)),
  call: v1.https.onCall((data, context) => ({ twice: 2 * data.n, auth: context.auth ?? null })),
  task: v1.tasks.taskQueue().onDispatch((data) => report({ data })),
  written: v1.firestore.document('users/{uid}').onWrite((change, { params }) => {
    report({ params, before: change.before.data() ?? null, after: change.after.data() ?? null });
    return null;
  }),
  published: v1.pubsub.topic('topic').onPublish((message, { eventId }) => {
    report({ eventId, json: message.json, attributes: message.attributes });
    return null;
  }),
  schedule: v1.pubsub.schedule('every 5 minutes').onRun(({ eventId }) => {
    report({ eventId });
    return null;
  }),
  finalized: v1.storage.object().onFinalize(({ bucket, name }) => {
    report({ bucket, name });
    return null;
  }),
  refCreated: v1.database.ref('/users/{uid}').onCreate((snapshot, { params, authType }) => {
    report({ params, value: snapshot.val(), authType });
    return null;
  }),
  userCreated: v1.auth.user().onCreate(({ uid, email }) => {
    report({ uid, email });
    return null;
  }),
};
