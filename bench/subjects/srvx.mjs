import { serve } from 'srvx';

serve({ port: Number(process.env.PORT), hostname: '127.0.0.1', silent: true, fetch: answer });

async function answer(request) {
  if (request.method === 'GET') return new Response('Hello, World!');
  const path = new URL(request.url).pathname;
  if (path === '/echo') return Response.json(await request.json());
  if (path === '/upload') return new Response(String((await request.arrayBuffer()).byteLength));
  const { checkEvent, decodeEvent } = (await import('./event.cjs')).default;
  checkEvent(decodeEvent(Object.fromEntries(request.headers), await request.text()));
  return new Response(null, { status: 204 });
}
