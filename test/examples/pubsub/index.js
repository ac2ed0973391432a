const { cloudEvent } = require('barefn');

// The same function serves a Pub/Sub trigger and a push subscription: a push is converted.
cloudEvent('onMessage', (event) => {
  const { message } = event.data;
  const text = Buffer.from(message.data ?? '', 'base64').toString();
  console.log(`${message.messageId}: ${text}`, message.attributes ?? {});
});
