// A server that misbehaves as its argument says.
const http = require('node:http');

const fault = process.argv[2];
let answered = 0;
let pending = 0;

if (fault === 'exit') process.exit(3);
if (fault !== 'never-listens') setTimeout(listen, fault === 'slow-start' ? 600 : 0);
else setInterval(() => undefined, 1000);

function listen() {
  http.createServer(answer).listen(Number(process.env.PORT), '127.0.0.1');
}

function answer(_req, res) {
  answered++;
  if (fault === 'wrong-bytes-under-load') return answerLater(res);
  if (fault === 'crash-mid-run' && answered > 200) process.exit(7);
  if (fault === 'never-answers') return;
  const late = answered > 200;
  const text =
    fault === 'wrong-body' || (fault === 'wrong-body-later' && late)
      ? 'Hello, Mars!!'
      : 'Hello, World!';
  res.statusCode = fault === 'non-2xx' || (fault === 'non-2xx-later' && late) ? 503 : 200;
  res.end(text);
}

/** Right for one client, wrong for several at once, with the same length. */
function answerLater(res) {
  pending++;
  setTimeout(() => res.end(pending-- > 1 ? 'Hello, Mars!!' : 'Hello, World!'), 2);
}
