import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { catchErrors, until } from '../../support/serving';
import { serveWeb } from './serve-web';

function collectGarbage(): void {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
}

test('the signal aborts when the client disconnects, also without the Request', async (t) => {
  const errors = catchErrors(t);
  let reason: unknown;
  let called = false;
  const { port } = await serveWeb(t, async ({ signal }) => {
    called = true;
    await once(signal, 'abort');
    reason = signal.reason;
    signal.throwIfAborted();
    return new Response('late');
  });
  const request = http.get({ port });
  request.on('error', () => undefined);
  await until(() => called);
  collectGarbage();
  request.destroy();
  await until(() => reason !== undefined);
  assert.match(String(reason), /The client closed the connection/);
  await delay(20);
  // Stopping for that reason is no failure.
  assert.equal(errors.text(), '');
});

test('the body breaks with the upload', async (t) => {
  let message = '';
  const { port } = await serveWeb(t, async (request) => {
    try {
      await request.text();
    } catch (error) {
      message = (error as Error).message;
    }
    return new Response('x');
  });
  const request = http.request({ port, method: 'POST', headers: { 'content-length': 100 } });
  request.on('error', () => undefined);
  request.write('part', () => setTimeout(() => request.destroy(), 20));
  await until(() => message !== '');
  assert.match(message, /The client closed the connection/);
});

test('a response body is cancelled when the client disconnects', async (t) => {
  let cancelled = false;
  const { port } = await serveWeb(t, () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from('begin')),
      cancel() {
        cancelled = true;
      },
    });
    return new Response(body);
  });
  const [response] = (await once(http.get({ port }), 'response')) as [http.IncomingMessage];
  await once(response, 'data');
  response.destroy();
  await until(() => cancelled);
});

test('a body that waits for a slow client is cancelled when that one disconnects', async (t) => {
  let cancelled = false;
  const { port } = await serveWeb(t, () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)),
      cancel() {
        cancelled = true;
      },
    });
    return new Response(body);
  });
  const [response] = (await once(http.get({ port }), 'response')) as [http.IncomingMessage];
  await delay(50);
  response.destroy();
  await until(() => cancelled);
});

test('a failure while streaming cuts the connection and is logged', async (t) => {
  const errors = catchErrors(t);
  let pulls = 0;
  const { port } = await serveWeb(t, () => {
    const body = new ReadableStream({
      async pull(controller) {
        if (++pulls > 2) throw new Error('broke off');
        await delay(10);
        controller.enqueue(Buffer.from('chunk'));
      },
    });
    return new Response(body);
  });
  const [response] = (await once(http.get({ port }), 'response')) as [http.IncomingMessage];
  response.resume();
  const [error] = (await once(response, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNRESET');
  assert.match(errors.text(), /Error: broke off/);
});

test('after a timeout the late response is thrown away', async (t) => {
  let cancelled = false;
  const handler = async (request: Request): Promise<Response> => {
    await once(request.signal, 'abort');
    await delay(20);
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    return new Response(body);
  };
  const { origin } = await serveWeb(t, handler, { timeout: 0.1 });
  const answer = await fetch(origin);
  assert.equal(answer.status, 504);
  await until(() => cancelled);
});
