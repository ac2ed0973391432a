// A realistic function: it holds a client of a cloud service, made when the function is loaded.
const { Storage } = require('@google-cloud/storage');

const bucket = new Storage({ projectId: 'bench', apiEndpoint: 'http://127.0.0.1:9' }).bucket('b');

exports.heavy = (_req, res) => {
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end(`gs://${bucket.name}/${bucket.file('hello.txt').name}`);
};
