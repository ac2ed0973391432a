// The baseline: node:http by hand, one CommonJS file, nothing that is not needed.
const http = require('node:http');

http.createServer(answer).listen(Number(process.env.PORT), '127.0.0.1');

function answer(req, res) {
  if (req.method === 'GET') return send(res, 'text/plain; charset=utf-8', 'Hello, World!');
  collect(req, (body) => {
    if (req.url === '/event') return acceptEvent(req, res, body.toString());
    if (req.url === '/upload') return send(res, 'text/plain; charset=utf-8', String(body.length));
    send(res, 'application/json; charset=utf-8', JSON.stringify(JSON.parse(body.toString())));
  });
}

function send(res, type, text) {
  res.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) });
  res.end(text);
}

function collect(req, done) {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => done(Buffer.concat(chunks)));
}

function acceptEvent(req, res, body) {
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(req.headers, body));
  res.writeHead(204).end();
}
