import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { send, serve } from '../support/wire';

type Any = any;
const load = (name: string): Any => require(name);

/** Begins to read a response and leaves it there. */
async function open(url: string): Promise<{ request: http.ClientRequest; response: Any }> {
  const request = http.get(url);
  const [response] = await once(request, 'response');
  return { request, response };
}

describe('server-sent events', () => {
  test('arrive one by one, and end when the client goes', async () => {
    let next: (() => void) | undefined;
    let signal: AbortSignal | undefined;
    const { url } = await serve((req: Any, res: Any) => {
      signal = req.signal;
      res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
      res.flushHeaders();
      let id = 0;
      next = () => {
        id += 1;
        res.write(`id: ${id}\ndata: {"n":${id}}\n\n`);
      };
    });
    const { request, response } = await open(url);
    assert.match(response.headers['content-type'], /^text\/event-stream/);
    for (const n of [1, 2, 3]) {
      next?.();
      const [chunk] = await once(response, 'data');
      assert.equal(String(chunk), `id: ${n}\ndata: {"n":${n}}\n\n`);
    }
    const gone = once(signal as AbortSignal, 'abort');
    request.destroy();
    await gone;
  });

  test('of Express and of Fastify arrive one by one', async () => {
    const app = load('express')();
    const fastify = load('fastify')();
    const writers: Any[] = [];
    app.get('/', (_req: Any, res: Any) => {
      res.type('text/event-stream').flushHeaders();
      writers.push(res);
    });
    fastify.get('/', (_request: Any, reply: Any) => {
      const stream = new Readable({ read() {} });
      writers.push({ write: (text: string) => stream.push(text), end: () => stream.push(null) });
      reply.type('text/event-stream').send(stream);
      stream.push('data: 0\n\n');
    });
    await fastify.ready();
    for (const handler of [app, (req: Any, res: Any) => fastify.routing(req, res)]) {
      const { url } = await serve(handler);
      const { response } = await open(url);
      if (handler !== app) assert.equal(String((await once(response, 'data'))[0]), 'data: 0\n\n');
      const writer = writers.at(-1);
      for (const n of [1, 2]) {
        writer.write(`data: ${n}\n\n`);
        assert.equal(String((await once(response, 'data'))[0]), `data: ${n}\n\n`);
      }
      writer.end();
      await once(response.resume(), 'end');
    }
    await fastify.close();
  });
});

describe('a long download', () => {
  const CHUNK = 64 * 1024;
  /** More than any buffers between the two ends hold. */
  const LENGTH = 96 * 1024 * 1024;
  const ways: Record<string, (source: Readable, res: Any) => unknown> = {
    'pipe()': (source, res) => source.pipe(res),
    'pipeline()': (source, res) => pipeline(source, res),
    'a web stream': (source) => new Response(Readable.toWeb(source) as Any),
  };

  for (const [way, begin] of Object.entries(ways)) {
    test(`by ${way} waits for a slow client, holds little, and is complete`, async () => {
      let produced = 0;
      const source = (): Readable => {
        const chunk = Buffer.alloc(CHUNK, 'x');
        return new Readable({
          read() {
            produced += CHUNK;
            this.push(produced > LENGTH ? null : chunk);
          },
        });
      };
      const handler = (_req: Any, res: Any): unknown => begin(source(), res);
      const { url } = await serve(way === 'a web stream' ? { fetch: handler } : handler);
      const { response } = await open(url);
      response.pause();
      await delay(300);
      const held = produced;
      assert.ok(held < LENGTH / 4, `${held} bytes were made for a client that does not read`);
      await delay(100);
      assert.equal(produced, held);
      let received = 0;
      for await (const chunk of response) received += chunk.length;
      assert.equal(received, LENGTH);
    });
  }

  test('that the client leaves frees its source', async () => {
    const source = new Readable({
      read() {
        this.push(Buffer.alloc(CHUNK));
      },
    });
    const closed = new Promise((resolve) => source.once('close', resolve));
    const { url } = await serve(
      (_req: Any, res: Any) => void pipeline(source, res).catch(() => {}),
    );
    const { request, response } = await open(url);
    await once(response, 'data');
    request.destroy();
    await closed;
    assert.equal(source.destroyed, true);
  });
});

describe('ranges of a file', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'ranges-'));
  after(() => rmSync(directory, { recursive: true }));
  const bytes = randomBytes(300_000);
  writeFileSync(path.join(directory, 'video.mp4'), bytes);
  const ways: Record<string, Any> = {
    'res.sendFile': (_req: Any, res: Any) => res.sendFile(path.join(directory, 'video.mp4')),
    'express.static': load('express')().use(load('express').static(directory)),
    'express.static of Express 4': load('express4')().use(load('express4').static(directory)),
  };
  const ranges: [range: string, from: number, to: number][] = [
    ['bytes=0-99', 0, 99],
    ['bytes=250000-', 250_000, 299_999],
    ['bytes=-10', 299_990, 299_999],
  ];
  for (const [way, handler] of Object.entries(ways)) {
    test(`by ${way}`, async () => {
      const { url } = await serve(handler);
      for (const [range, from, to] of ranges) {
        const answer = await fetch(`${url}/video.mp4`, { headers: { range } });
        assert.equal(answer.status, 206);
        assert.equal(answer.headers.get('content-range'), `bytes ${from}-${to}/300000`);
        const part = Buffer.from(await answer.arrayBuffer());
        assert.ok(part.equals(bytes.subarray(from, to + 1)), range);
      }
      const headers = { range: 'bytes=300000-' };
      const beyond = await send(`${url}/video.mp4`, { method: 'GET', headers });
      assert.deepEqual([beyond.status, beyond.headers['content-range']], [416, 'bytes */300000']);
    });
  }
});
