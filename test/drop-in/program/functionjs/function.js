exports.function = (req, res) => res.send('from function.js');
