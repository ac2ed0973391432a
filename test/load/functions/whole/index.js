module.exports = (_req, res) => res.send('whole');
