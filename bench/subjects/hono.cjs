const { serve } = require('@hono/node-server');
const { Hono } = require('hono');

const app = new Hono();
app.get('/', (c) => c.text('Hello, World!'));
app.post('/echo', async (c) => c.json(await c.req.json()));
app.post('/upload', async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)));
app.post('/event', async (c) => {
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(c.req.header(), await c.req.text()));
  return c.body(null, 204);
});
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
