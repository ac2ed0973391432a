const http = require('node:http');
const { buffer, json, send, serve, text } = require('micro');

const limit = '64mb';
http.createServer(serve(answer)).listen(Number(process.env.PORT), '127.0.0.1');

async function answer(req, res) {
  if (req.method === 'GET') return 'Hello, World!';
  if (req.url === '/echo') return json(req, { limit });
  if (req.url === '/upload') return String((await buffer(req, { limit })).length);
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(req.headers, await text(req, { limit })));
  return send(res, 204);
}
