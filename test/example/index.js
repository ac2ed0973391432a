// What `npm start` serves: two functions, each in two lines.
const { http, cloudEvent } = require('../../dist/index.js');

http('hello', (req, res) => {
  res.send(`Hello, ${req.query.name ?? 'World'}!\n`);
});

cloudEvent('onEvent', (event) => {
  console.log(`${event.type} from ${event.source}:`, event.data);
});
