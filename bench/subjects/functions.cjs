// The functions served by barefn and by Google's package: Express-style HTTP, and a CloudEvent.
const { checkEvent } = require('./event.cjs');

exports.http = (req, res) => {
  if (req.method === 'GET') return answerGet(req.path, res);
  if (req.path === '/upload') {
    res.set('Content-Type', 'text/plain; charset=utf-8').send(String(req.rawBody.length));
  } else {
    res.json(req.body);
  }
};

function answerGet(path, res) {
  if (path === '/') {
    res.set('Content-Type', 'text/plain; charset=utf-8').send('Hello, World!');
    return;
  }
  const { compute, download, stream } = require('./work.cjs');
  if (path === '/download') {
    res.set('Content-Type', 'application/octet-stream').send(download());
  } else if (path === '/stream') {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    stream(res);
  } else {
    res.set('Content-Type', 'text/plain; charset=utf-8').send(compute());
  }
}

exports.event = (event) => checkEvent(event);
