const { Firestore } = require('@google-cloud/firestore');

const firestore = new Firestore({ projectId: 'p', host: process.env.FAKE_GRPC, ssl: false });

exports.cold = () => firestore.doc('a/b').path;
exports.real = async () => {
  const snapshot = await firestore.doc('a/b').get();
  await firestore.doc('a/b').set({ written: true });
  return JSON.stringify(snapshot.data());
};
