const functions = require('@google-cloud/functions-framework');

const read = (data) => (data ? Buffer.from(data, 'base64').toString() : 'nobody');

functions.cloudEvent('pubsub', (event) => {
  console.log(`Hello, ${read(event.data.message.data)}!`);
});

// The same as a background function.
exports.background = (message, context, callback) => {
  console.log(`Hello again, ${read(message.data)}, from ${context.eventId}!`);
  callback();
};
