const functions = require('@google-cloud/functions-framework');
const { getTestServer } = require('@google-cloud/functions-framework/testing');

functions.http('hello', (req, res) => res.end());
const server = getTestServer('hello');
for (const name of [
  'keepAliveTimeout',
  'headersTimeout',
  'requestTimeout',
  'maxRequestsPerSocket',
]) {
  console.log(name, server[name]);
}
