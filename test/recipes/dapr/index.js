// dapr run --app-id orders --app-port 8080 --resources-path . -- npx barefn --target=onOrder
const { cloudEvent } = require('barefn');

cloudEvent('onOrder', async (event) => {
  // Without an answer, Dapr takes the event as handled; after an exception it delivers it again.
  if (event.data?.orderId === undefined) return { status: 'DROP' }; // to the dead letter topic
  console.log(`order ${event.data.orderId} of ${event.topic}`);
});
