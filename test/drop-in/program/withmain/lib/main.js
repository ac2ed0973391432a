exports.hello = (req, res) => res.send('from main');
