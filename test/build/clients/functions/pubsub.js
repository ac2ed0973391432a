const { PubSub } = require('@google-cloud/pubsub');

const pubsub = new PubSub({ projectId: 'p', apiEndpoint: process.env.FAKE_GRPC });

exports.cold = () => pubsub.topic('t').name;
exports.real = () => pubsub.topic('t').publishMessage({ data: Buffer.from('published') });
