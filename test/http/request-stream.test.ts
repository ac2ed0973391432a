import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import express from 'express';
import type { Request, Response } from '../../src/index';
import { serve } from '../support/serving';

type Handler = (req: Request, res: Response) => unknown;

const post = { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } };

suite('the stream of a request', () => {
  test('closes after the response, for those who listen', async (t) => {
    for (const init of [{}, post]) {
      const closed = await afterwards(t, init, (req, res) => {
        res.send('ok');
        return once(req, 'close').then(() => req.destroyed);
      });
      assert.equal(closed, true);
    }
  });

  test('closes when the client leaves', async (t) => {
    let closed = (): void => {};
    const left = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const handler: Handler = (req, res) => {
      res.write('data: 1\n\n');
      req.on('close', closed);
    };
    const { origin } = await serve(t, { type: 'http', handler } as never);
    const controller = new AbortController();
    await fetch(origin, { signal: controller.signal });
    controller.abort();
    await left;
  });

  test('ends for those who come after the response', async (t) => {
    for (const [init, expected] of [
      [{}, ''],
      [post, post.body],
    ] as const) {
      const read = await afterwards(t, init, async (req, res) => {
        res.send('ok');
        await once(res, 'close');
        await setImmediate();
        return text(req);
      });
      assert.equal(read, expected);
    }
  });

  test('is read by an application that waits for something first', async (t) => {
    const app = express();
    app.use(express.text({ type: () => true }));
    app.use((req, res) => void res.send(`read ${req.body as string}`));
    const handler: Handler = async (req, res) => {
      await setTimeout(5);
      app(req, res);
    };
    const { origin } = await serve(t, { type: 'http', handler } as never);
    const response = await fetch(origin, post);
    assert.equal(await response.text(), `read ${post.body}`);
  });

  test('shows the body to those who replace its methods before it is read', async (t) => {
    const seen: string[] = [];
    const handler: Handler = (req, res) => res.json(req.body);
    const { server, origin } = await serve(t, { type: 'http', handler } as never);
    server.prependListener('request', (req) => {
      const { on } = req;
      req.on = (event: string, listener: (chunk: Buffer) => void) => {
        if (event !== 'data') return on.call(req, event, listener);
        return on.call(req, event, (chunk: Buffer) => {
          seen.push(String(chunk));
          listener(chunk);
        });
      };
    });
    const response = await fetch(origin, post);
    assert.deepEqual(await response.json(), { a: 1 });
    assert.equal(seen.join(''), post.body);
  });
});

/** What a handler's promise comes to, which the response does not wait for. */
async function afterwards(
  t: Parameters<typeof serve>[0],
  init: RequestInit,
  handler: Handler,
): Promise<unknown> {
  let result: Promise<unknown> = Promise.resolve();
  const first: Handler = (req, res) => {
    result = handler(req, res) as Promise<unknown>;
  };
  const { origin } = await serve(t, { type: 'http', handler: first } as never);
  await (await fetch(origin, init)).text();
  return result;
}
