const functions = require('@google-cloud/functions-framework');

// The name comes from the query or from the body: a GET has none.
functions.http('hello', (req, res) => {
  res.send(`Hello, ${req.query.name || req.body.name || 'nobody'}!`);
});
