const functions = require('@google-cloud/functions-framework');
const { getFunction, getTestServer } = require('@google-cloud/functions-framework/testing');

const handler = (req, res) => res.send(`seen ${req.path}`);
functions.http('hello', handler);
functions.cloudEvent('event', (event) => event.id);
console.log(getFunction('hello') === handler, getFunction('nothing'));
const attempt = (act) => {
  try {
    act();
  } catch (error) {
    console.log(error.name, error.message);
  }
};
attempt(() => getTestServer('nothing'));
attempt(() => getFunction('not a name'));

const before = process.eventNames().length;
const servers = [getTestServer('hello'), getTestServer('hello'), getTestServer('event')];
console.log(servers[0] === servers[1], servers[0] instanceof require('node:http').Server);
console.log(servers[0].listening, process.eventNames().length - before);

const event = { id: 'A1', source: '/s', type: 't', specversion: '1.0' };
const ask = async (server, path, init) => {
  if (!server.listening) await new Promise((resolve) => server.listen(0, resolve));
  const response = await fetch(`http://localhost:${server.address().port}${path}`, init);
  console.log(response.status, await response.text());
};
const asks = async () => {
  await ask(servers[0], '/a/b');
  await ask(servers[0], '/favicon.ico');
  await ask(servers[2], '/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(event),
  });
  for (const server of servers) {
    server.closeAllConnections();
    if (server.listening) server.close();
  }
};
asks();
