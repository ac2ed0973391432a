// A plain web function, served by barefn and by srvx.
exports.web = { fetch };

async function fetch(request) {
  const path = new URL(request.url).pathname;
  if (request.method === 'GET') return answerGet(path);
  if (path === '/echo') return Response.json(await request.json());
  if (path === '/upload') return new Response(String((await request.arrayBuffer()).byteLength));
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(Object.fromEntries(request.headers), await request.text()));
  return new Response(null, { status: 204 });
}

function answerGet(path) {
  if (path === '/') return new Response('Hello, World!');
  const { compute, download, webStream } = require('./work.cjs');
  if (path === '/download') return new Response(download());
  if (path !== '/stream') return new Response(compute());
  return new Response(webStream(), { headers: { 'Content-Type': 'text/event-stream' } });
}
