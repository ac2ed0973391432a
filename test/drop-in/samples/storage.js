const functions = require('@google-cloud/functions-framework');

functions.cloudEvent('storage', (event) => {
  const { bucket, name, metageneration } = event.data;
  console.log(`${event.type} ${event.id}: ${name} of ${bucket}, generation ${metageneration}`);
});
