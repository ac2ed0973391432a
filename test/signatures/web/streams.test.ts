import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { catchErrors, until } from '../../support/serving';
import { counted, exchange, serveWeb, textOf } from './serve-web';

test('the head is sent before a body that takes its time, and each chunk when it comes', async (t) => {
  let controller: ReadableStreamDefaultController | undefined;
  const { origin } = await serveWeb(t, () => {
    const body = new ReadableStream({
      start(created) {
        controller = created;
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  const answer = await fetch(origin);
  assert.equal(answer.headers.get('content-type'), 'text/event-stream');
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
    controller?.enqueue(Buffer.from(text));
    assert.equal(Buffer.from((await reader.read()).value ?? []).toString(), text);
  }
  controller?.close();
  assert.equal((await reader.read()).done, true);
});

test('request and response stream at the same time', async (t) => {
  const { port } = await serveWeb(t, (request) => new Response(request.body));
  const request = http.request({ port, method: 'POST' });
  request.write('one');
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  assert.equal(String((await once(response, 'data'))[0]), 'one');
  request.write('two');
  assert.equal(String((await once(response, 'data'))[0]), 'two');
  request.end();
  await once(response, 'end');
});

test('10 MB go up and down unchanged', async (t) => {
  const { origin } = await serveWeb(t, (request) => new Response(request.body));
  const bytes = Buffer.alloc(10 * 1024 * 1024);
  for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE(i, i);
  const answer = await fetch(origin, { method: 'POST', body: bytes });
  assert.ok(bytes.equals(Buffer.from(await answer.arrayBuffer())));
});

test('a download goes no faster than its client takes it', async (t) => {
  const { stream, taken } = counted(160, 65536);
  const { port } = await serveWeb(t, () => new Response(stream));
  const [response] = (await once(http.get({ port }), 'response')) as [http.IncomingMessage];
  let before = -1;
  while (taken() !== before) {
    before = taken();
    await delay(100);
  }
  assert.ok(before < 150, `${before} of 160 chunks were taken though nobody read them`);
  let received = 0;
  for await (const chunk of response) received += (chunk as Buffer).length;
  assert.equal(received, 160 * 65536);
});

test('an upload goes no faster than its function takes it', async (t) => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { port } = await serveWeb(t, async (request) => {
    const reader = (request.body as ReadableStream<Uint8Array>).getReader();
    let received = (await reader.read()).value?.length ?? 0;
    await released;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      received += next.value.length;
    }
    return new Response(String(received));
  });
  const size = 20 * 1024 * 1024;
  const request = http.request({ port, method: 'POST', headers: { 'content-length': size } });
  let done = false;
  request.end(Buffer.alloc(size), () => {
    done = true;
  });
  await delay(300);
  assert.equal(done, false, 'all was sent though nobody read it');
  release();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  assert.equal(await textOf(response), String(size));
});

test('the body is handed over as it came: compressed bodies are not inflated', async (t) => {
  const { origin } = await serveWeb(t, async (request) => {
    const text = await request.text();
    return new Response(`${request.headers.get('content-encoding')} ${text}`);
  });
  const headers = { 'content-encoding': 'gzip' };
  const answer = await fetch(origin, { method: 'POST', headers, body: 'no gzip' });
  assert.equal(await answer.text(), 'gzip no gzip');
});

test('the body of a GET is thrown away, and the connection goes on', async (t) => {
  const { port } = await serveWeb(t, async (r) => new Response(`${r.method} ${await r.text()};`));
  const text = await exchange(
    port,
    'GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcPOST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nConnection: close\r\n\r\ndef',
  );
  assert.match(text, /GET ;[\s\S]*POST def;$/);
});

for (const [how, read] of [
  ['did not read', async () => undefined],
  ['read in part', async (request: Request) => void (await request.body?.getReader().read())],
  ['cancelled', (request: Request) => request.body?.cancel()],
] as const) {
  test(`the connection serves the next request after a body that the function ${how}`, async (t) => {
    const { port } = await serveWeb(t, async (request) => {
      await read(request);
      return new Response('answered');
    });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    t.after(() => agent.destroy());
    const sockets = new Set<unknown>();
    for (let i = 0; i < 3; i++) {
      const request = http.request({ port, agent, method: 'POST' });
      request.end(Buffer.alloc(500_000));
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      sockets.add(response.socket);
      assert.equal(await textOf(response), 'answered');
      await delay(20);
    }
    assert.equal(sockets.size, 1);
  });
}

test('a body that says it is too large is refused before the function', async (t) => {
  let calls = 0;
  const handler = (): Response => {
    calls++;
    return new Response('x');
  };
  const { origin } = await serveWeb(t, handler, { bodyLimit: 10 });
  const answer = await fetch(origin, { method: 'POST', body: 'x'.repeat(11) });
  assert.equal(answer.status, 413);
  assert.equal(calls, 0);
});

test('a body that turns out too large is a 413, whatever the function makes of it', async (t) => {
  let message = '';
  const handler = async (request: Request): Promise<Response> => {
    try {
      return new Response(await request.text());
    } catch (error) {
      message = (error as Error).message;
      return new Response('caught', { status: 500 });
    }
  };
  const { origin } = await serveWeb(t, handler, { bodyLimit: 100_000 });
  const { stream } = counted(4, 65536);
  const answer = await fetch(origin, { method: 'POST', body: stream, duplex: 'half' });
  assert.equal(answer.status, 413);
  assert.match(message, /larger than 100000 bytes/);
});

test('a body that turns out too large after the answer began cuts it off', async (t) => {
  const { port } = await serveWeb(t, (r) => new Response(r.body), { bodyLimit: 100_000 });
  const request = http.request({ port, method: 'POST' });
  request.write('begin');
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  request.on('error', () => undefined);
  response.resume();
  request.write(Buffer.alloc(200_000));
  const [error] = (await once(response, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNRESET');
});

for (const method of ['GET', 'HEAD']) {
  test(`the body of an answer whose fields node refuses is cancelled: ${method}`, async (t) => {
    const log = catchErrors(t);
    let cancelled = 0;
    const { origin } = await serveWeb(t, () => {
      const body = new ReadableStream({ cancel: () => void cancelled++ });
      return new Response(body, { headers: { 'x-a': '\x01' } });
    });
    assert.equal((await fetch(origin, { method })).status, 500);
    await until(() => cancelled === 1);
    assert.match(log.text(), /ERR_INVALID_CHAR|Invalid character in header/);
  });
}
