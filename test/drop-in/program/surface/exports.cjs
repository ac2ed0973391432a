const functions = require('@google-cloud/functions-framework');
const testing = require('@google-cloud/functions-framework/testing');

// Names may be added, none may be missing.
for (const name of ['http', 'cloudEvent']) console.log(name, typeof functions[name]);
for (const name of ['getFunction', 'getTestServer']) console.log(name, typeof testing[name]);
console.log(
  functions.http('a', () => {}),
  functions.cloudEvent('b', () => {}),
);
console.log(functions.http.length, functions.cloudEvent.length);
