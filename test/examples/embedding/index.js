// A function in a program of your own: createServer gives an http.Server and leaves the process alone.
const { createServer } = require('barefn/server');

const server = createServer((req, res) => res.json({ path: req.path }), { timeout: 30 });

server.listen(process.env.PORT ?? 8080, () => {
  console.log(`Listening on port ${server.address().port}`);
});

process.once('SIGTERM', () => server.close());
