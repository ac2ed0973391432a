const { cloudEvent } = require('barefn');

// Firestore sends protobuf. The option `type` says what arrives, so that `data` has plain values, and
// `document` what `params` are.
cloudEvent(
  'onUser',
  { type: 'google.cloud.firestore.document.v1.written', document: 'users/{uid}' },
  ({ data, params }) => {
    if (data.after === undefined) console.log(`${params.uid} was deleted`);
    else console.log(`${params.uid} has ${data.after.visits} visits`);
  },
);
