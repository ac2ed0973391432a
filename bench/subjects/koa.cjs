const Koa = require('koa');

const app = new Koa();
app.use(async (ctx) => {
  if (ctx.method === 'GET') {
    ctx.body = 'Hello, World!';
    return;
  }
  const body = await collect(ctx.req);
  if (ctx.path === '/echo') ctx.body = JSON.parse(body.toString());
  else if (ctx.path === '/upload') ctx.body = String(body.length);
  else acceptEvent(ctx, body);
});
app.listen(Number(process.env.PORT), '127.0.0.1');

function acceptEvent(ctx, body) {
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(ctx.headers, body.toString()));
  ctx.status = 204;
}

function collect(req) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', reject);
  });
}
