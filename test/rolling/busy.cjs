// Answers, and is busy most of the time with something else: its timers fire late, like those of an
// instance with little CPU. A connection that rested too long is closed then before what came on it
// meanwhile is read.
exports.function = (_req, res) => {
  res.send('ok');
};

setInterval(() => {
  const end = performance.now() + 60;
  while (performance.now() < end);
}, 80);
