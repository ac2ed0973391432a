import { H3, serve } from 'h3';

const app = new H3();
app.get('/', () => 'Hello, World!');
app.post('/echo', (event) => event.req.json());
app.post('/upload', async (event) => String((await event.req.arrayBuffer()).byteLength));
app.post('/event', async (event) => {
  const { checkEvent, decodeEvent } = (await import('./event.cjs')).default;
  checkEvent(decodeEvent(Object.fromEntries(event.req.headers), await event.req.text()));
  return new Response(null, { status: 204 });
});
serve(app, { port: Number(process.env.PORT), hostname: '127.0.0.1', silent: true });
