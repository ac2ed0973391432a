const functions = require('@google-cloud/functions-framework');

// The tests ask with signals for failures that belong to no request.
process.on('SIGUSR1', () => {
  throw new Error('outside');
});
process.on('SIGUSR2', () => {
  Promise.reject(new Error('outside'));
});

functions.http('slow', (req, res) => {
  if (req.path === '/exit') process.exit(3);
  setTimeout(() => res.end(`slowly ${req.path}`), 500);
});
functions.http('stuck', () => {});
functions.http('aborted', (req, res) => {
  const { signal } = req.abortController;
  console.log('aborted at the start:', signal.aborted);
  signal.addEventListener('abort', () => console.log('aborted:', signal.reason));
});
functions.http('piped', (req, res) => {
  const parts = [];
  req.on('data', (part) => parts.push(part));
  req.on('end', () => res.end(`piped ${Buffer.concat(parts)}`));
});
