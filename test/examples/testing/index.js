const { cloudEvent, http } = require('barefn');

http('greet', (req, res) => {
  res.json({ greeting: `Hello, ${req.body?.name ?? 'World'}!` });
});

cloudEvent('onOrder', (event) => {
  if (event.data.id === undefined) throw new Error('An order without an id');
});
