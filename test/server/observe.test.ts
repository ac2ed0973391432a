import assert from 'node:assert/strict';
import { tracingChannel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import express from 'express';
import type { Registration } from '../../src/core/registry';
import type { InvocationMessage } from '../../src/server/tracing';
import { serveProgram } from '../support/program';
import { catchErrors, serve } from '../support/serving';

type Handler = (...args: never[]) => unknown;

/** Subscribes until the test is over, serves a function, and gives all that was published. */
async function observed(t: TestContext, type: Registration['type'], handler: Handler | object) {
  const published: [channel: string, message: InvocationMessage][] = [];
  const add = (channel: string) => (message: unknown) =>
    void published.push([channel, message as InvocationMessage]);
  const subscribers = {
    start: add('start'),
    end: add('end'),
    asyncStart: add('asyncStart'),
    asyncEnd: add('asyncEnd'),
    error: add('error'),
  };
  const channel = tracingChannel<unknown, object>('barefn.invocation');
  channel.subscribe(subscribers);
  t.after(() => channel.unsubscribe(subscribers));
  const { origin } = await serve(t, { type, handler });
  const names = () => published.map(([name]) => name);
  const complete = async (): Promise<void> => {
    while (!names().includes('asyncEnd')) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { origin, published, names, complete };
}

function post(origin: string): Promise<Response> {
  const headers = { 'ce-specversion': '1.0', 'ce-id': '7', 'ce-type': 't', 'ce-source': '/s' };
  return fetch(origin, { method: 'POST', headers });
}

test('an HTTP function starts, ends, and is complete when its response closes', async (t) => {
  const { origin, published, names, complete } = await observed(
    t,
    'http',
    (_: unknown, res: Response & { end(text: string): void }) =>
      void setTimeout(() => res.end('late'), 10),
  );
  await fetch(origin, { headers: { 'Function-Execution-Id': 'abc' } });
  await complete();
  assert.deepEqual(names(), ['start', 'end', 'asyncStart', 'asyncEnd']);
  const [, message] = published[0] as [string, InvocationMessage];
  assert.ok(published.every(([, other]) => other === message));
  assert.equal(message.context.executionId, 'abc');
  assert.equal(message.req.res, message.res);
  assert.deepEqual([message.name, message.type, message.event], ['function', 'http', undefined]);
});

test('what is thrown or rejected is published, undefined too, and answered as ever', async (t) => {
  catchErrors(t);
  const error = new Error('broken');
  for (const reason of [error, undefined]) {
    const thrown = await observed(t, 'http', () => {
      throw reason;
    });
    assert.equal((await fetch(thrown.origin)).status, 500);
    assert.deepEqual(thrown.names(), ['start', 'error', 'end']);
    assert.equal(thrown.published[1]?.[1].error, reason);
    const rejected = await observed(t, 'http', () => Promise.reject(reason));
    assert.equal((await fetch(rejected.origin)).status, 500);
    assert.deepEqual(rejected.names().slice(0, 5), [
      'start',
      'end',
      'error',
      'asyncStart',
      'asyncEnd',
    ]);
  }
});

test('an event function’s message has its event and its result', async (t) => {
  const handler = async ({ id }: { id: string }): Promise<object> => ({ got: id });
  const { origin, published, names } = await observed(t, 'cloudevent', handler);
  assert.equal(await (await post(origin)).text(), '{"got":"7"}');
  assert.deepEqual(names(), ['start', 'end', 'asyncStart', 'asyncEnd']);
  const [, message] = published[0] as [string, InvocationMessage];
  assert.equal((message.event as { id: string }).id, '7');
  assert.deepEqual(message.result, { got: '7' });
});

test('a function with a callback is complete when it calls back', async (t) => {
  catchErrors(t);
  const handler = (_: unknown, done: (error?: Error) => void): void =>
    void setTimeout(done, 5, new Error('no'));
  const { origin, published, names } = await observed(t, 'cloudevent', handler);
  assert.equal((await post(origin)).status, 500);
  assert.deepEqual(names(), ['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
  const [, message] = published[0] as [string, InvocationMessage];
  assert.equal((message.error as Error).message, 'no');
});

test('typed and web functions and applications with fetch are observed', async (t) => {
  const typed = await observed(t, 'typed', ({ n }: { n: number }) => n + 1);
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(typed.origin, { method: 'POST', headers, body: '{"n":1}' });
  assert.equal(await answer.text(), '2');
  assert.deepEqual(typed.names(), ['start', 'end']);
  assert.equal(typed.published[0]?.[1].result, 2);
  const application = {
    text: 'mine',
    fetch(): Response {
      return new Response(this.text);
    },
  };
  const web = await observed(t, 'web', application);
  assert.equal(await (await fetch(web.origin)).text(), 'mine');
  assert.deepEqual(web.names(), ['start', 'end']);
});

test('an Express application stays one', async (t) => {
  const app = express();
  app.get('/a', (req, res) => void res.send(`${req.path} ${req.app === app}`));
  const { origin, names, complete } = await observed(t, 'http', app);
  assert.equal(await (await fetch(`${origin}/a`)).text(), '/a true');
  await complete();
  assert.deepEqual(names(), ['start', 'end', 'asyncStart', 'asyncEnd']);
});

test('a thenable is asked once', async (t) => {
  let asked = 0;
  const handler = (): object => ({
    // biome-ignore lint/suspicious/noThenProperty: as query builders have it
    then(resolve: (value: string) => void) {
      asked++;
      resolve('rows');
    },
  });
  const { origin } = await observed(t, 'cloudevent', handler);
  assert.equal(await (await post(origin)).text(), 'rows');
  assert.equal(asked, 1);
});

test('a store bound to the start channel is there within the function', async (t) => {
  const { AsyncLocalStorage } = await import('node:async_hooks');
  const store = new AsyncLocalStorage<string>();
  const channel = tracingChannel<string, InvocationMessage>('barefn.invocation');
  channel.start.bindStore(store as never, ((message: InvocationMessage) => message.name) as never);
  t.after(() => channel.start.unbindStore(store as never));
  const { origin } = await serve(t, {
    type: 'http',
    handler: async (_: unknown, res: { end(text?: string): void }) => {
      await null;
      res.end(store.getStore());
    },
  });
  assert.equal(await (await fetch(origin)).text(), 'function');
});

test('a module of --import sees the invocations of the command', async () => {
  const file = path.join(process.env['TMPDIR'] ?? '/tmp', `subscriber-${process.pid}.mjs`);
  writeFileSync(
    file,
    `import { subscribe } from 'node:diagnostics_channel';
    subscribe('tracing:barefn.invocation:start', ({ name, req }) => console.error('start', name, req.path));`,
  );
  const program = await serveProgram(`exports.function = (req, res) => res.send('ok');`, {
    env: { NODE_OPTIONS: `--import=${file}` },
  });
  await fetch(`${program.url}/path`);
  await program.logged('start function /path\n');
  program.kill();
  await once(program.child, 'close');
});
