const polka = require('polka');

polka()
  .get('/', (_req, res) => send(res, 'text/plain; charset=utf-8', 'Hello, World!'))
  .post('/echo', (req, res) => {
    collect(req, (body) => {
      const text = JSON.stringify(JSON.parse(body.toString()));
      send(res, 'application/json; charset=utf-8', text);
    });
  })
  .post('/upload', (req, res) => {
    collect(req, (body) => send(res, 'text/plain; charset=utf-8', String(body.length)));
  })
  .post('/event', (req, res) => {
    collect(req, (body) => {
      const { checkEvent, decodeEvent } = require('./event.cjs');
      checkEvent(decodeEvent(req.headers, body.toString()));
      res.writeHead(204).end();
    });
  })
  .listen(Number(process.env.PORT), '127.0.0.1');

function send(res, type, text) {
  res.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) });
  res.end(text);
}

function collect(req, done) {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => done(Buffer.concat(chunks)));
}
