import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { web } from '../src/index';
import { catchErrors, type Served, serve } from './serving';

type Handler = (request: Request) => unknown;

function serveWeb(t: TestContext, handler: Handler, options = {}): Promise<Served> {
  return serve(t, { type: 'web', handler }, options);
}

/** Sends text over a connection of its own and returns all that comes until it is closed. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.end(text);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

function collectGarbage(): void {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + 5000;
    const look = (): void => {
      if (condition()) resolve();
      else if (Date.now() > deadline) reject(new Error('It did not happen within 5 s.'));
      else setTimeout(look, 5);
    };
    look();
  });
}

/** A stream of `count` chunks, that says how many were taken. */
function counted(count: number, size: number): { stream: ReadableStream; taken: () => number } {
  let taken = 0;
  const stream = new ReadableStream(
    {
      async pull(controller) {
        await delay(0);
        if (taken === count) controller.close();
        else controller.enqueue(new Uint8Array(size).fill(++taken));
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken: () => taken };
}

test('a web function gets a Request and answers with a Response', async (t) => {
  web('hello', async (request) => {
    assert.ok(request instanceof Request);
    const { method, url } = request;
    return Response.json({ method, url, text: await request.text() }, { status: 201 });
  });
  const { origin } = await serve(t, 'hello');
  const answer = await fetch(`${origin}/a%20b//c?d=e&d=f`, { method: 'PUT', body: 'é' });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  const url = `${origin}/a%20b//c?d=e&d=f`;
  assert.deepEqual(await answer.json(), { method: 'PUT', url, text: 'é' });
});

test('fetch is called as a method of its object, at each request anew', async (t) => {
  const app = {
    greeting: 'one',
    fetch(_request: Request): Response {
      return new Response(this.greeting);
    },
  };
  web('app', app);
  const { origin } = await serve(t, 'app');
  assert.equal(await (await fetch(origin)).text(), 'one');
  app.fetch = () => new Response('two');
  assert.equal(await (await fetch(origin)).text(), 'two');
});

test('the second argument has the request and the response of node:http', async (t) => {
  web('bindings', (_request, { incoming, outgoing }) => {
    return new Response(`${incoming.httpVersion} ${outgoing.statusCode}`);
  });
  const { origin } = await serve(t, 'bindings');
  assert.equal(await (await fetch(origin)).text(), '1.1 200');
});

test('fields keep their repeats, in both directions', async (t) => {
  const { port } = await serveWeb(t, (request) => {
    const headers = new Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2, c'],
      ['X-Seen', `${request.headers.get('x-list')}|${request.headers.get('cookie')}`],
    ]);
    return new Response('x', { headers, statusText: 'Fine' });
  });
  const text = await exchange(
    port,
    'GET / HTTP/1.1\r\nHost: h\r\nX-List: 1\r\nx-list: 2\r\nCookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n',
  );
  assert.match(text, /^HTTP\/1\.1 200 Fine\r\n/);
  assert.match(text, /\r\nset-cookie: a=1\r\nset-cookie: b=2, c\r\n/);
  assert.match(text, /\r\nx-seen: 1, 2\|a=1; b=2\r\n/);
});

for (const [head, url] of [
  ['GET /p HTTP/1.1\r\nHost: example.org:81', 'http://example.org:81/p'],
  ['GET //p HTTP/1.1\r\nHost: h', 'http://h//p'],
  ['GET /p HTTP/1.0', 'http://localhost/p'],
  ['GET http://other/p?q HTTP/1.1\r\nHost: h', 'http://other/p?q'],
  ['GET /p HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: f', 'https://f/p'],
  ['GET /p HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: javascript', 'http://h/p'],
] as const) {
  test(`the URL of ${JSON.stringify(head)} is ${url}`, async (t) => {
    const { port } = await serveWeb(t, (request) => new Response(request.url));
    const text = await exchange(port, `${head}\r\nConnection: close\r\n\r\n`);
    assert.equal(text.slice(text.indexOf('\r\n\r\n') + 4), url);
  });
}

for (const host of ['a/b', 'user@h', 'h?x', 'h#x', 'h:port', '[', 'a\\b']) {
  test(`a request for the host ${host} is refused with 400`, async (t) => {
    const { port } = await serveWeb(t, (request) => new Response(request.url));
    const text = await exchange(
      port,
      `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(text, /^HTTP\/1\.1 400 /);
  });
}

for (const target of ['http://user:pw@h/', 'ftp://h/', 'data:,x', 'x']) {
  test(`the target ${target} is refused with 400`, async (t) => {
    const { port } = await serveWeb(t, (request) => new Response(request.url));
    const text = await exchange(
      port,
      `GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`,
    );
    assert.match(text, /^HTTP\/1\.1 400 /);
  });
}

test('TRACE, for which there is no Request, is refused with 405', async (t) => {
  const { port } = await serveWeb(t, () => new Response('x'));
  const text = await exchange(port, 'TRACE / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  assert.match(text, /^HTTP\/1\.1 405 /);
});

test('a body that is there at once has its length, bytes and text alike', async (t) => {
  const bodies: Record<string, () => ConstructorParameters<typeof Response>[0]> = {
    '/text': () => 'größer',
    '/bytes': () => new Uint8Array([1, 2, 3]),
    '/form': () => new URLSearchParams({ a: 'b' }),
    '/blob': () => new Blob(['blob']),
    '/empty': () => '',
    '/null': () => null,
  };
  const { origin } = await serveWeb(t, (request) => {
    return new Response(bodies[new URL(request.url).pathname]?.());
  });
  const lengths: Record<string, string | null> = {};
  for (const path of Object.keys(bodies)) {
    const answer = await fetch(origin + path);
    lengths[path] = answer.headers.get('content-length');
    const expected = await new Response(bodies[path]?.()).text();
    assert.equal(await answer.text(), expected);
  }
  assert.deepEqual(lengths, {
    '/text': '8',
    '/bytes': '3',
    '/form': '3',
    '/blob': '4',
    '/empty': '0',
    '/null': '0',
  });
});

for (const status of [204, 304]) {
  test(`${status} has neither body nor length`, async (t) => {
    const { port } = await serveWeb(
      t,
      () => new Response(null, { status, headers: { etag: '"1"' } }),
    );
    const text = await exchange(port, 'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.doesNotMatch(text, /content-length|transfer-encoding/i);
    assert.match(text, /\r\n\r\n$/);
  });
}

test('HEAD is answered without the body, which is cancelled', async (t) => {
  let cancelled = false;
  const { port } = await serveWeb(t, () => {
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    return new Response(body, { headers: { 'content-length': '99' } });
  });
  const text = await exchange(port, 'HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  assert.match(text, /^HTTP\/1\.1 200 [\s\S]*\r\ncontent-length: 99\r\n[\s\S]*\r\n\r\n$/);
  assert.ok(cancelled);
});

test('a function that says how its body is framed does not change how it is', async (t) => {
  const { origin } = await serveWeb(
    t,
    () => new Response('text', { headers: { 'transfer-encoding': 'chunked', 'keep-alive': 'x' } }),
  );
  const answer = await fetch(origin);
  assert.equal(answer.headers.get('content-length'), '4');
  assert.equal(await answer.text(), 'text');
});

test('the answer of another server, inflated by fetch, is passed on readable', async (t) => {
  const { gzipSync } = await import('node:zlib');
  const upstream = http.createServer((_req, res) => {
    const body = gzipSync('inflated text');
    res.writeHead(203, { 'content-encoding': 'gzip', 'content-length': body.length, 'x-a': 'b' });
    res.end(body);
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  t.after(() => {
    upstream.closeAllConnections();
    upstream.close();
  });
  const { port } = upstream.address() as net.AddressInfo;
  const { origin } = await serveWeb(t, () => fetch(`http://127.0.0.1:${port}`));
  const answer = await fetch(origin);
  assert.equal(answer.status, 203);
  assert.equal(answer.headers.get('x-a'), 'b');
  assert.equal(await answer.text(), 'inflated text');
});

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

test('a body that fails before its first chunk is a 500', async (t) => {
  catchErrors(t);
  const { origin } = await serveWeb(t, () => {
    const body = new ReadableStream({
      pull() {
        throw new Error('broke at once');
      },
    });
    return new Response(body, { headers: { 'x-lost': '1' } });
  });
  const answer = await fetch(origin);
  assert.deepEqual([answer.status, await answer.text()], [500, 'broke at once']);
});

test('what is thrown is a 500', async (t) => {
  const errors = catchErrors(t);
  const { origin } = await serveWeb(t, async () => {
    throw new Error('no luck');
  });
  const answer = await fetch(origin);
  assert.deepEqual([answer.status, await answer.text()], [500, 'no luck']);
  assert.match(errors.text(), /^Error: no luck/);
});

for (const [value, what] of [
  [undefined, 'undefined'],
  [null, 'null'],
  ['text', 'string'],
  [{ status: 200 }, 'an object that is none'],
] as const) {
  test(`returning ${what} in place of a Response is a 500 that says so`, async (t) => {
    catchErrors(t);
    const { origin } = await serveWeb(t, () => value);
    const answer = await fetch(origin);
    assert.equal(answer.status, 500);
    assert.match(
      await answer.text(),
      new RegExp(`must return a Response, but it returned ${what}\\. `),
    );
  });
}

test('a Response that was used already is a 500 that says so', async (t) => {
  catchErrors(t);
  const { origin } = await serveWeb(t, async () => {
    const response = new Response('text');
    await response.text();
    return response;
  });
  const answer = await fetch(origin);
  assert.equal(answer.status, 500);
  assert.match(await answer.text(), /used already/);
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

test('robots.txt and favicon.ico are the function own business', async (t) => {
  const { origin } = await serveWeb(t, () => new Response('mine'));
  assert.equal(await (await fetch(`${origin}/robots.txt`)).text(), 'mine');
});

test('the types take functions and applications', () => {
  web('types', () => new Response());
  web('types', async (request) => new Response(request.body));
  web('types', { fetch: (request) => new Response(request.url) });
  // @ts-expect-error text is no Response
  web('types', () => 'text');
  // @ts-expect-error no fetch
  web('types', { get: () => new Response() });
});
