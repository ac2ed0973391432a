exports.hello = (req, res) => res.send('from a directory');
