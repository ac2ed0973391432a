import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MULTIPART, MULTIPART_TYPE, PARTS } from '../support/multipart';
import { send, serve } from '../support/wire';

type Any = any;
const load = (name: string): Any => require(name);

const JSON_TYPE = { 'content-type': 'application/json' };

describe('other frameworks', () => {
  test('Fastify reads the body itself, by its routing or its server', async () => {
    const fastify = load('fastify')();
    fastify.post('/', (request: Any) => ({ body: request.body, q: request.query.q }));
    await fastify.ready();
    for (const handler of [
      (req: Any, res: Any) => fastify.routing(req, res),
      (req: Any, res: Any) => fastify.server.emit('request', req, res),
    ]) {
      const { url } = await serve(handler);
      for (const framing of [{}, { chunk: 2 }]) {
        const { json } = await send(`${url}/?q=1`, {
          headers: JSON_TYPE,
          body: '{"a":1}',
          ...framing,
        });
        assert.deepEqual(json, { body: { a: 1 }, q: '1' });
      }
    }
    await fastify.close();
  });

  test('Fastify takes uploads with @fastify/multipart', async () => {
    const fastify = load('fastify')();
    await fastify.register(load('@fastify/multipart'));
    fastify.post('/', async (request: Any) => {
      const found: Any = {};
      for await (const part of request.parts()) {
        if (part.type === 'field') found[part.fieldname] = part.value;
        else {
          found.name = part.filename;
          found.length = (await part.toBuffer()).length;
        }
      }
      return found;
    });
    await fastify.ready();
    const { url } = await serve((req: Any, res: Any) => fastify.routing(req, res));
    for (const framing of [{}, { chunk: 50_000 }]) {
      const upload = { headers: MULTIPART_TYPE, body: MULTIPART, ...framing };
      assert.deepEqual((await send(url, upload)).json, PARTS);
    }
    await fastify.close();
  });

  test('Fastify takes what was parsed, when it is injected', async () => {
    const fastify = load('fastify')();
    fastify.post('/', (request: Any) => ({ body: request.body }));
    const { url } = await serve(async (req: Any, res: Any) => {
      const { method, url, headers, rawBody: payload } = req;
      const answer = await fastify.inject({ method, url, headers, payload });
      res.status(answer.statusCode).set(answer.headers).send(answer.rawPayload);
    });
    const { json } = await send(url, { headers: JSON_TYPE, body: '{"a":1}' });
    assert.deepEqual(json, { body: { a: 1 } });
    await fastify.close();
  });

  test('Koa reads req and answers', async () => {
    const Koa = load('koa');
    const app = new Koa();
    app.use(async (ctx: Any) => {
      ctx.status = 201;
      ctx.body = { sent: await load('node:stream/consumers').text(ctx.req), path: ctx.path };
    });
    const { url } = await serve(app.callback());
    const { status, json } = await send(`${url}/x`, { headers: JSON_TYPE, body: '{"a":1}' });
    assert.deepEqual([status, json], [201, { sent: '{"a":1}', path: '/x' }]);
  });
});
