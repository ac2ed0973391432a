// The baseline of HTTP/2: node:http2 by hand, without TLS.
const http2 = require('node:http2');

const fields = { 'content-type': 'text/plain; charset=utf-8', 'content-length': 13 };
http2
  .createServer((_req, res) => {
    res.writeHead(200, fields);
    res.end('Hello, World!');
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
