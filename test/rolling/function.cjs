// Answers after 0 to 30 ms, so that requests are in flight whenever a replica is asked to end.
exports.function = (req, res) => {
  setTimeout(() => (req.method === 'POST' ? res.json(req.body) : res.send('hello')), delay());
};

function delay() {
  return Math.random() * 30;
}
