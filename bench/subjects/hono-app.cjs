// One Hono application, served by Hono's own Node server and by barefn.
const { Hono } = require('hono');

const app = new Hono();
app.get('/', (c) => c.text('Hello, World!'));
app.get('/download', (c) => c.body(require('./work.cjs').download()));
app.get('/compute', (c) => c.text(require('./work.cjs').compute()));
app.get('/stream', (c) => {
  const headers = { 'Content-Type': 'text/event-stream' };
  return c.body(require('./work.cjs').webStream(), 200, headers);
});
app.post('/echo', async (c) => c.json(await c.req.json()));
app.post('/upload', async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)));
app.post('/event', async (c) => {
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(c.req.header(), await c.req.text()));
  return c.body(null, 204);
});

exports.app = app;
