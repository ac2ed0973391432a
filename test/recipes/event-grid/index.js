const { cloudEvent } = require('barefn');

cloudEvent('onBlob', async ({ type, data }) => {
  if (type === 'Microsoft.Storage.BlobCreated') console.log(`new blob ${data.url}`);
});
