import type http from 'node:http';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Served, serve } from '../../support/serving';
import { Wire } from '../../support/wire';

export type Handler = (request: Request) => unknown;

export function serveWeb(t: TestContext, handler: Handler, options = {}): Promise<Served> {
  return serve(t, { type: 'web', handler }, options);
}

/** Sends text over a connection of its own and returns all that comes until it is closed. */
export async function exchange(port: number, text: string): Promise<string> {
  return (await Wire.connect(port)).write(text).end();
}

export async function textOf(response: http.IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

/** A stream of `count` chunks, that says how many were taken. */
export function counted(
  count: number,
  size: number,
): { stream: ReadableStream; taken: () => number } {
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
