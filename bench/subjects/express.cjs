const express = require('express');

const app = express();
app.get('/', (_req, res) => res.type('text/plain').send('Hello, World!'));
app.post('/echo', express.json({ limit: '16mb' }), (req, res) => res.json(req.body));
app.post('/upload', express.raw({ limit: '16mb' }), (req, res) => {
  res.type('text/plain').send(String(req.body.length));
});
app.post('/event', express.text({ type: '*/*', limit: '16mb' }), (req, res) => {
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(req.headers, req.body));
  res.status(204).end();
});
app.listen(Number(process.env.PORT), '127.0.0.1');
