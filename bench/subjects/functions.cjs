// The functions served by barefn and by Google's package: Express-style HTTP, and a CloudEvent.
const { checkEvent } = require('./event.cjs');

exports.http = (req, res) => {
  if (req.method === 'GET') {
    res.set('Content-Type', 'text/plain; charset=utf-8').send('Hello, World!');
  } else if (req.path === '/upload') {
    res.set('Content-Type', 'text/plain; charset=utf-8').send(String(req.rawBody.length));
  } else {
    res.json(req.body);
  }
};

exports.event = (event) => checkEvent(event);
