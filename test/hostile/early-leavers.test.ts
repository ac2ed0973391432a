import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2, { type ClientHttp2Stream } from 'node:http2';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { HttpResponse } from '../../src/http/response/response';
import { assertGivenBack } from '../support/held';
import { type Served, serve, until } from '../support/serving';
import { Wire } from '../support/wire';

type Any = any;

const never = (): Promise<never> => new Promise(() => {});
const chunk = Buffer.alloc(65536);

/** Answers without end, as fast as the client reads. */
function flood(_: unknown, res: Any): void {
  const write = (): void => {
    for (let count = 0; count < 100 && res.write(chunk); count++);
  };
  res.on('drain', write);
  write();
}

const floodResponse = (): Response =>
  new Response(new ReadableStream({ pull: (controller) => controller.enqueue(chunk) }));

/** What a function does, and whether it begins to answer. */
const FUNCTIONS = [
  ['an http function that never answers', 'http', () => {}, false],
  ['an http function that answers without end', 'http', flood, true],
  ['a web function that never answers', 'web', never, false],
  ['a web function that answers without end', 'web', floodResponse, true],
  ['a web function that begins and waits', 'web', beginAndWait, true],
  [
    'a web function that reads the body',
    'web',
    (request: Request) => request.text().then(never),
    false,
  ],
  ['a web function that answers with the body', 'web', echo, false],
  ['a typed function', 'typed', never, false],
  ['a cloudevent function', 'cloudevent', never, false],
  [
    'an event function that calls back',
    'event',
    (_: unknown, _context: unknown, _done: unknown) => {},
    false,
  ],
] as const;

function beginAndWait(): Response {
  let begun = false;
  const pull = (controller: ReadableStreamDefaultController): Promise<void> => {
    if (begun) return never();
    begun = true;
    controller.enqueue(chunk);
    return Promise.resolve();
  };
  return new Response(new ReadableStream({ pull }));
}

function echo(request: Request): Response {
  const waiting = new TransformStream({ flush: never });
  return new Response(request.body?.pipeThrough(waiting));
}

const EVENT = JSON.stringify({
  ...{ specversion: '1.0', id: '1', type: 't', source: 's' },
  data: 'x'.repeat(5000),
});
const TYPES = { cloudevent: 'application/cloudevents+json', event: 'application/cloudevents+json' };

interface Upload {
  readonly fields?: string;
  readonly body?: Buffer | string;
  readonly end?: number;
}

/** A request as bytes, with the body up to `end`. */
function post(type: string, { fields = '', body = EVENT, end }: Upload = {}): Buffer {
  const mediaType = (TYPES as Record<string, string>)[type] ?? 'application/json';
  const bytes = Buffer.from(body);
  const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${mediaType}\r\n${fields}Content-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes.subarray(0, end)]);
}

/** A client that sends this and leaves when it is time. */
async function visit(
  { port, server }: Served,
  request: Buffer | string,
  when: (wire: Wire, res: HttpResponse) => unknown,
  reset = false,
): Promise<void> {
  const accepted = once(server, 'request');
  const wire = await Wire.connect(port);
  wire.write(request as Buffer);
  const [, res] = (await accepted) as [unknown, HttpResponse];
  const closed = once(res, 'close');
  await when(wire, res);
  if (reset) wire.socket.resetAndDestroy();
  else wire.destroy();
  await closed;
}

const seesAnswer = (wire: Wire): Promise<void> => wire.sees('HTTP/1.1 200');
const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const SETTINGS = { timeout: 60, maxConcurrency: 2 };

for (const [title, type, handler, answers] of FUNCTIONS) {
  const start = (t: TestContext): Promise<Served> => serve(t, { type, handler } as Any, SETTINGS);

  describe(`${title} gives back what it holds when its client leaves`, () => {
    for (const reset of [false, true]) {
      const how = reset ? ', with a reset' : '';

      test(`at once${how}`, async (t) => {
        const served = await start(t);
        await assertGivenBack(t, served, () => visit(served, post(type), () => {}, reset));
      });

      test(`while it uploads${how}`, async (t) => {
        const served = await start(t);
        const half = post(type, { end: 2000 });
        await assertGivenBack(t, served, () => visit(served, half, turnOfTheLoop, reset));
      });

      test(`while its compressed upload is inflated${how}`, async (t) => {
        const served = await start(t);
        const fields = 'Content-Encoding: gzip\r\n';
        const whole = post(type, { fields, body: gzipSync(EVENT) });
        await assertGivenBack(t, served, () => visit(served, whole, () => {}, reset));
      });

      test(`while it waits for the answer${how}`, async (t) => {
        const served = await start(t);
        const when = answers ? seesAnswer : turnOfTheLoop;
        await assertGivenBack(t, served, () => visit(served, post(type), when, reset));
      });

      test(`with requests that wait for their turn${how}`, async (t) => {
        const served = await start(t);
        const both = Buffer.concat([post(type), post(type, { end: 2000 })]);
        const second = (): unknown => until(() => served.inFlight.size === 2);
        await assertGivenBack(t, served, () => visit(served, both, second, reset));
      });
    }
  });
}

/** The same over HTTP/2. */
async function visitHttp2(
  { origin, server }: Served,
  { end, reset }: { end: number | undefined; reset: boolean },
  when: (stream: ClientHttp2Stream) => unknown,
): Promise<void> {
  const accepted = once(server, 'request');
  const session = http2.connect(origin);
  const stream = session.request({ ':method': 'POST', 'content-type': TYPES.event });
  stream.on('error', () => {});
  if (end === undefined) stream.end(EVENT);
  else stream.write(EVENT.slice(0, end));
  const [, res] = (await accepted) as [unknown, HttpResponse];
  const closed = once(res, 'close');
  await when(stream);
  if (reset) stream.close(http2.constants.NGHTTP2_CANCEL);
  else session.destroy();
  await closed;
  session.destroy();
}

for (const [title, type, handler, answers] of FUNCTIONS) {
  const start = (t: TestContext): Promise<Served> =>
    serve(t, { type, handler } as Any, { ...SETTINGS, http2: true });

  describe(`${title} gives back what it holds when its client leaves over HTTP/2`, () => {
    for (const reset of [false, true]) {
      const how = reset ? 'its stream is reset' : 'its session ends';

      test(`${how} at once`, async (t) => {
        const served = await start(t);
        await assertGivenBack(t, served, () =>
          visitHttp2(served, { end: undefined, reset }, () => {}),
        );
      });

      test(`${how} while it uploads`, async (t) => {
        const served = await start(t);
        await assertGivenBack(t, served, () =>
          visitHttp2(served, { end: 2000, reset }, turnOfTheLoop),
        );
      });

      test(`${how} while it waits for the answer`, async (t) => {
        const served = await start(t);
        const when = (stream: ClientHttp2Stream): unknown =>
          answers ? once(stream, 'response') : turnOfTheLoop();
        await assertGivenBack(t, served, () => visitHttp2(served, { end: undefined, reset }, when));
      });
    }
  });
}

test('a client that leaves an upload that nobody reads is missed when the request timeout is over', async (t) => {
  const aborted: unknown[] = [];
  const handler = (request: Request): Promise<never> => {
    request.signal.addEventListener('abort', () => aborted.push(request.signal.reason));
    return never();
  };
  const served = await serve(t, { type: 'web', handler }, { requestTimeout: 0.3 });
  const upload = post('web', { body: Buffer.alloc(1_000_000) });
  await visit(served, upload, () => new Promise((resolve) => setTimeout(resolve, 50)));
  assert.equal(served.inFlight.size, 0);
  assert.match(String(aborted), /client closed the connection/);
});

for (const http2 of [false, true]) {
  for (const said of ['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: a\r\n', 'PRI * HTTP/2.0\r\n\r\n']) {
    test(`a client that leaves after ${JSON.stringify(said)} leaves nothing behind, http2: ${http2}`, async (t) => {
      const served = await serve(t, { type: 'http', handler: never }, { ...SETTINGS, http2 });
      await assertGivenBack(t, served, async () => {
        for (const reset of [false, true]) {
          const wire = await Wire.connect(served.port);
          if (said !== '') wire.write(said);
          await turnOfTheLoop();
          if (reset) wire.socket.resetAndDestroy();
          else wire.destroy();
          await wire.end();
        }
      });
    });
  }
}
