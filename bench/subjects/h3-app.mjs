// One h3 application, served by h3's own Node server and by barefn.
import { H3 } from 'h3';

const app = new H3();
app.get('/', () => 'Hello, World!');
app.post('/echo', (event) => event.req.json());
app.post('/upload', async (event) => String((await event.req.arrayBuffer()).byteLength));
app.post('/event', async (event) => {
  const { checkEvent, decodeEvent } = (await import('./event.cjs')).default;
  checkEvent(decodeEvent(Object.fromEntries(event.req.headers), await event.req.text()));
  return new Response(null, { status: 204 });
});

export default app;
