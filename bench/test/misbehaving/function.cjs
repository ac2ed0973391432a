// A function that misbehaves as $FAULT says, after a few right answers of its process.
let answered = 0;

exports.http = (_req, res) => {
  const late = ++answered > 100;
  if (late && process.env.FAULT === 'dies') process.exit(7);
  if (late && process.env.FAULT === 'body') return res.type('text/plain').send('Hello, Mars!!');
  res.set('Content-Type', 'text/plain; charset=utf-8').send('Hello, World!');
};
