const express = require('express');

const app = express();
app.get('/', (_req, res) => res.type('text/plain').send('Hello, World!'));
app.get('/download', (_req, res) => res.send(require('./work.cjs').download()));
app.get('/compute', (_req, res) => {
  res.type('text/plain').send(require('./work.cjs').compute());
});
app.get('/stream', (_req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream' });
  require('./work.cjs').stream(res);
});
app.post('/echo', express.json({ limit: '64mb' }), (req, res) => res.json(req.body));
app.post('/upload', express.raw({ limit: '64mb' }), (req, res) => {
  res.type('text/plain').send(String(req.body.length));
});
app.post('/event', express.text({ type: '*/*', limit: '64mb' }), (req, res) => {
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(req.headers, req.body));
  res.status(204).end();
});
app.listen(Number(process.env.PORT), '127.0.0.1');
