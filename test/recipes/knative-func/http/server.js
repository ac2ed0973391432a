// Serves the `handle(context, body)` of knative/func's template for HTTP, which stays as it is.
const { http } = require('barefn');
const { handle } = require('./index.js');

http('handle', async (req, res) => {
  const { query, headers, method, httpVersion, body } = req;
  const context = { ...query, query, headers, method, httpVersion, body, log: console };
  const result = await handle(context, body);
  if (!result) return res.status(204).end();
  const { statusCode = 200, headers: fields = {}, body: answer = result } = result;
  if (typeof answer === 'string') res.type('text');
  res.status(statusCode).set(fields).send(answer);
});
