export const hello = (req, res) => res.send('from .mjs');
