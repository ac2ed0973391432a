const functions = require('@google-cloud/functions-framework');
const events = require('./events');
const { report } = require('./report');
require('./mark');

const tables = {
  request: require('./request').cases,
  response: require('./response').cases,
  files: require('./files').cases,
  older: require('./older').cases,
  errors: require('./errors').cases,
  logs: require('./logs').cases,
};

// The field x-case picks a handler: TABLE/NAME. Without it the answer describes the request.
functions.http('main', (req, res) => {
  const wanted = req.headers['x-case'];
  if (wanted === undefined) return report(req, res);
  const slash = wanted.indexOf('/');
  const found = tables[wanted.slice(0, slash)][decodeURIComponent(wanted.slice(slash + 1))];
  return (found.run ?? found)(req, res);
});

functions.http('notAFunction', 42);
functions.http('again', (req, res) => res.send('first'));
functions.http('again', (req, res) => res.send('last'));
functions.cloudEvent('cloudEvent', (event) => events.answer(event));
functions.cloudEvent('cloudEventWithCallback', (event, callback) => events.call(event, callback));
functions.http('returned', (req, res) => {
  res.locals.seen = true;
  setTimeout(() => res.end('ended later'), 5);
  return 'ignored';
});
functions.http('both', (req, res) => res.send('registered'));

exports.event = (data, context) => events.answerLegacy(data, context);
exports.eventWithCallback = (data, context, callback) => events.callLegacy(data, context, callback);
exports.both = (req, res) => res.send('exported');
exports.plain = (req, res) => res.send('exported plainly');
exports.nested = { deep: { handler: (req, res) => res.send('nested') }, value: 42 };
exports.default = (req, res) => res.send('default');
exports.text = 'not a function';
