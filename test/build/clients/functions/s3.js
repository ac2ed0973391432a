const { GetObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');

const s3 = new S3Client({
  region: 'eu-west-1',
  endpoint: process.env.FAKE_HTTP,
  forcePathStyle: true,
  credentials: { accessKeyId: 'a', secretAccessKey: 's' },
});

exports.cold = () => typeof s3.send;
exports.real = async () => {
  await s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'stored' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
  return Body.transformToString();
};
