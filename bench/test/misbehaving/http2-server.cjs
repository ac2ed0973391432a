// An HTTP/2 server that misbehaves as its argument says, after a few right answers.
const http2 = require('node:http2');

const fault = process.argv[2];
let answered = 0;

http2
  .createServer((_req, res) => {
    const late = ++answered > 100;
    if (late && fault === 'dies') process.exit(7);
    if (late && fault === 'resets') return res.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
    res.statusCode = late && fault === 'status' ? 503 : 200;
    res.end(late && fault === 'body' ? 'Hello, Mars!' : 'Hello, World!');
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
