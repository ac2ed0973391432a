const { http, cloudEvent, onShutdown } = require('barefn');

http('hello', (req, res) => {
  res.send(`Hello, ${req.query.name ?? 'World'}!\n`);
});

cloudEvent('onOrder', (event) => {
  console.log(JSON.stringify({ severity: 'INFO', message: `order ${event.id}` }));
});

onShutdown(() => console.log('closed'));
