// A server that misbehaves as its argument says.
const http = require('node:http');

const fault = process.argv[2];
let answered = 0;
let pending = 0;

if (fault === 'exit') process.exit(3);
if (fault !== 'never-listens') setTimeout(listen, fault === 'slow-start' ? 600 : 0);
else setInterval(() => undefined, 1000);

function listen() {
  const server = http.createServer(answer).listen(Number(process.env.PORT), '127.0.0.1');
  if (fault === 'dies-on-connect') server.on('connection', () => process.exit(5));
  if (fault === 'ignores-signals')
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
}

function answer(_req, res) {
  answered++;
  if (fault.endsWith('under-load')) return answerLater(res);
  if (fault === 'crash-mid-run' && answered > 200) process.exit(7);
  if (fault === 'never-answers') return;
  if (fault === 'stalls-once' && answered === 100) stall(150);
  if (fault === 'closes') res.setHeader('connection', 'close');
  const late = answered > 200;
  if (fault === 'hangs-later' && late) return;
  const text =
    fault === 'wrong-body' || (fault === 'wrong-body-later' && late)
      ? 'Hello, Mars!!'
      : 'Hello, World!';
  res.statusCode = fault === 'non-2xx' || (fault === 'non-2xx-later' && late) ? 503 : 200;
  res.end(text);
}

/** Right for one client, wrong for several at once: bytes of the same length, or none. */
function answerLater(res) {
  pending++;
  setTimeout(() => {
    if (pending-- === 1) res.end('Hello, World!');
    else if (fault === 'hangs-up-under-load') res.destroy();
    else res.end('Hello, Mars!!');
  }, 2);
}

function stall(ms) {
  for (const from = Date.now(); Date.now() - from < ms; );
}
