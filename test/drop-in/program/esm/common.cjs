exports.hello = (req, res) => res.send('from .cjs');
