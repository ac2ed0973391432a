// An HTTP function and an event function in one module: --target says which one is served.
const { http, cloudEvent } = require('barefn');

http('hello', (req, res) => {
  res.send(`Hello, ${req.query.name ?? 'World'}!\n`);
});

cloudEvent('onEvent', (event) => {
  console.log(`${event.type} from ${event.source}:`, event.data);
});
