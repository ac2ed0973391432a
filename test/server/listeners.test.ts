import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { serve, until } from '../support/serving';
import { Wire } from '../support/wire';

type Any = any;

const chunk = Buffer.alloc(65536);
const BODY = JSON.stringify({ specversion: '1.0', id: '1', type: 't', source: 's' });

const ANSWERING = [
  ['http', (_: unknown, res: Any) => res.send('x')],
  ['http', (_: unknown, res: Any) => res.sendFile(path.resolve('package.json'))],
  ['web', async (request: Request) => new Response(await request.text())],
  ['web', floodOnce],
  ['typed', (value: unknown) => value],
  ['cloudevent', async () => {}],
  ['event', (_: unknown, _context: unknown, done: () => void) => done()],
] as const;

function floodOnce(): Response {
  let left = 20;
  const pull = (controller: ReadableStreamDefaultController): void => {
    if (left-- > 0) controller.enqueue(chunk);
    else controller.close();
  };
  return new Response(new ReadableStream({ pull }));
}

function request(type: string): string {
  const isEvent = type === 'cloudevent' || type === 'event';
  const mediaType = `application/${isEvent ? 'cloudevents+json' : 'json'}`;
  return `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${mediaType}\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
}

/** How many listeners the one connection of a server has. */
function countListeners(socket: Socket): Record<string, number> {
  const names = socket.eventNames();
  return Object.fromEntries(names.map((name) => [name, socket.listenerCount(name)]));
}

for (const [type, handler] of ANSWERING) {
  test(`a connection has no more listeners after many requests than after one: ${type} ${handler}`, async (t) => {
    const served = await serve(t, { type, handler } as Any, { timeout: 60, maxConcurrency: 2 });
    const connected = once(served.server, 'connection');
    const wire = await Wire.connect(served.port);
    const [socket] = (await connected) as [Socket];
    const exchange = async (count: number): Promise<void> => {
      wire.received = '';
      wire.write(request(type).repeat(count));
      await until(() => (wire.received.match(/HTTP\/1.1 20[04]/g)?.length ?? 0) === count);
      await until(() => served.inFlight.size === 0);
    };
    await exchange(2);
    const before = countListeners(socket);
    for (let round = 0; round < 15; round++) await exchange(1 + (round % 2));
    assert.deepEqual(countListeners(socket), before);
    wire.destroy();
  });
}
