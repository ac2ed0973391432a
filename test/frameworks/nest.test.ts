import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MULTIPART, MULTIPART_TYPE, PARTS } from '../support/multipart';
import { send, serve } from '../support/wire';

type Any = any;

/** Decorates by hand: what `@decorator` stands for in programs compiled for Nest. */
function decorate(type: Any, decorators: Any[], methods: Record<string, Any[]>): Any {
  for (const decorator of decorators) decorator(type);
  for (const [name, parts] of Object.entries(methods)) {
    const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
    for (const part of parts) part(type.prototype, name, descriptor);
  }
  return type;
}

/** Decorates a method's parameter. */
const parameter =
  (decorator: Any, index: number): Any =>
  (prototype: Any, name: string): void =>
    decorator(prototype, name, index);

async function createApplication(options: Any = {}): Promise<Any> {
  await import('reflect-metadata' as string);
  const { Body, Controller, Get, Module, Post, Query, UploadedFile, UseInterceptors }: Any =
    await import('@nestjs/common' as string);
  const { NestFactory }: Any = await import('@nestjs/core' as string);
  const { ExpressAdapter, FileInterceptor }: Any = await import(
    '@nestjs/platform-express' as string
  );
  class Cats {
    list(query: Any): Any {
      return { query };
    }
    add(body: Any): Any {
      return { body };
    }
    upload(file: Any, body: Any): Any {
      return { title: body.title, name: file.originalname, length: file.size };
    }
    fail(): void {
      throw new Error('from Nest');
    }
  }
  decorate(Cats, [Controller('cats')], {
    list: [Get(), parameter(Query(), 0)],
    add: [Post(), parameter(Body(), 0)],
    upload: [
      Post('upload'),
      UseInterceptors(FileInterceptor('file')),
      parameter(UploadedFile(), 0),
      parameter(Body(), 1),
    ],
    fail: [Get('fail')],
  });
  class Application {}
  decorate(Application, [Module({ controllers: [Cats] })], {});
  const app = await NestFactory.create(Application, new ExpressAdapter(), {
    logger: false,
    ...options,
  });
  await app.init();
  return app;
}

describe('a Nest application on Express', () => {
  let app: Any;
  let url: string;
  before(async () => {
    app = await createApplication();
    ({ url } = await serve(app.getHttpAdapter().getInstance()));
  });
  after(() => app.close());

  test('routes, and parses JSON and forms', async () => {
    const { json } = await send(`${url}/cats?a=1`, { method: 'GET' });
    assert.deepEqual(json, { query: { a: '1' } });
    for (const [type, body] of [
      ['application/json', '{"name":"Tom"}'],
      ['application/x-www-form-urlencoded', 'name=Tom'],
    ]) {
      const answer = await send(`${url}/cats`, { headers: { 'content-type': type }, body } as Any);
      assert.deepEqual([answer.status, answer.json], [201, { body: { name: 'Tom' } }]);
    }
  });

  test('takes uploads', async () => {
    const upload = { headers: MULTIPART_TYPE, body: MULTIPART };
    assert.deepEqual((await send(`${url}/cats/upload`, upload)).json, PARTS);
  });

  test('answers its own errors', async () => {
    const { status, json } = await send(`${url}/cats/fail`, { method: 'GET' });
    assert.deepEqual([status, json.message], [500, 'Internal server error']);
    assert.equal((await send(`${url}/dogs`, { method: 'GET' })).status, 404);
  });
});

test('a Nest application may leave parsing to barefn', async () => {
  const app = await createApplication({ bodyParser: false });
  const { url } = await serve(app.getHttpAdapter().getInstance());
  const headers = { 'content-type': 'application/json' };
  const { json } = await send(`${url}/cats`, { headers, body: '{"name":"Tom"}' });
  assert.deepEqual(json, { body: { name: 'Tom' } });
  await app.close();
});
