const { Storage } = require('@google-cloud/storage');

const storage = new Storage({ projectId: 'p', apiEndpoint: process.env.FAKE_HTTP });

exports.cold = () => storage.bucket('b').name;
exports.real = async () => {
  const file = storage.bucket('b').file('k');
  await file.save('stored', { resumable: false, validation: false });
  const [bytes] = await file.download({ validation: false });
  return bytes.toString();
};
