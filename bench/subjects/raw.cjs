// The baseline: node:http by hand, one CommonJS file, nothing that is not needed.
const http = require('node:http');

http.createServer(answer).listen(Number(process.env.PORT), '127.0.0.1');

function answer(req, res) {
  if (req.method === 'GET') return answerGet(req.url, res);
  collect(req, (body) => {
    if (req.url === '/event') return acceptEvents(req, res, body);
    if (req.url === '/upload') return send(res, 'text/plain; charset=utf-8', String(body.length));
    send(res, 'application/json; charset=utf-8', JSON.stringify(JSON.parse(body.toString())));
  });
}

function answerGet(url, res) {
  if (url === '/') return send(res, 'text/plain; charset=utf-8', 'Hello, World!');
  const { compute, download, stream } = require('./work.cjs');
  if (url === '/download') return send(res, 'application/octet-stream', download());
  if (url !== '/stream') return send(res, 'text/plain; charset=utf-8', compute());
  res.writeHead(200, { 'Content-Type': 'text/event-stream' });
  stream(res);
}

function send(res, type, content) {
  res.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(content) });
  res.end(content);
}

function collect(req, done) {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => done(Buffer.concat(chunks)));
}

function acceptEvents(req, res, body) {
  const { checkEvent, decodeEvents } = require('./event.cjs');
  for (const event of decodeEvents(req.headers, body)) checkEvent(event);
  res.writeHead(204).end();
}
