import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { z } from 'zod';
import { cloudEvent, type StandardSchema, typed } from '../../../src/index';
import { catchErrors, serve } from '../../support/serving';

const ATTRIBUTES = { specversion: '1.0', id: '7', source: '/shop', type: 'order.created' };

const Order = z.object({
  id: z.string(),
  at: z.string().transform((text) => new Date(text)),
  note: z.string().default('none'),
});

async function send(origin: string, data: unknown): Promise<[number, string]> {
  const answer = await fetch(origin, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(
        Object.entries(ATTRIBUTES).map(([name, value]) => [`ce-${name}`, value]),
      ),
    },
    body: JSON.stringify(data),
  });
  return [answer.status, await answer.text()];
}

async function sendBatch(origin: string, list: unknown[]): Promise<[number, string]> {
  const events = list.map((data, i) => ({ ...ATTRIBUTES, id: `e${i}`, data }));
  const answer = await fetch(origin, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
  });
  return [answer.status, await answer.text()];
}

test('the function gets the event with what the schema makes of its data', async (t) => {
  let seen: unknown;
  cloudEvent('onOrder', { data: Order }, (event) => {
    // Compiles only when the types are those of the schema's output.
    const year: number = event.data.at.getUTCFullYear();
    seen = { id: event.id, year, note: event.data.note };
  });
  const { origin } = await serve(t, 'onOrder');
  assert.deepEqual(await send(origin, { id: 'a', at: '2020-01-02T00:00:00Z' }), [204, '']);
  assert.deepEqual(seen, { id: '7', year: 2020, note: 'none' });
});

test('an event whose data fails is refused with one line for each issue', async (t) => {
  let calls = 0;
  cloudEvent('onOrder', { data: Order }, () => {
    calls++;
  });
  const { origin } = await serve(t, 'onOrder');
  assert.deepEqual(await send(origin, { id: 5 }), [
    400,
    [
      'The data of event order.created 7 is not valid for this function.',
      'data.id: Invalid input: expected string, received number',
      'data.at: Invalid input: expected string, received undefined',
    ].join('\n'),
  ]);
  assert.equal(calls, 0);
});

test('legacy events are checked like CloudEvents', async (t) => {
  const seen: string[] = [];
  cloudEvent('onFile', { data: z.object({ name: z.string() }) }, ({ data }) => {
    seen.push(data.name);
  });
  const { origin } = await serve(t, 'onFile');
  const statuses: number[] = [];
  for (const name of ['a.txt', 5]) {
    const context = {
      eventId: '1',
      timestamp: '2020-01-02T03:04:05Z',
      eventType: 'google.storage.object.finalize',
      resource: {
        service: 'storage.googleapis.com',
        name: 'projects/_/buckets/b/objects/a.txt',
        type: 'storage#object',
      },
    };
    const answer = await fetch(origin, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data: { bucket: 'b', name }, context }),
    });
    statuses.push(answer.status);
  }
  assert.deepEqual(statuses, [204, 400]);
  assert.deepEqual(seen, ['a.txt']);
});

test('data that is not valid fails its event of a batch, and no other', async (t) => {
  catchErrors(t);
  const seen: string[] = [];
  cloudEvent('onText', { data: v.string() }, ({ data }) => {
    seen.push(data);
  });
  const { origin } = await serve(t, 'onText');
  const [status, text] = await sendBatch(origin, ['a', 5, 'c']);
  assert.equal(status, 400);
  assert.match(
    text,
    /^1 of 3 events of the batch failed: "e1"\.\n"e1": The data of event order\.created e1 is not valid.*\ndata: Invalid type: Expected string/,
  );
  assert.deepEqual(seen, ['a', 'c']);
  assert.deepEqual(await sendBatch(origin, ['a', 'b']), [204, '']);
  assert.deepEqual(seen, ['a', 'c', 'a', 'b']);
});

test('the schema decides on an event without data', async (t) => {
  cloudEvent('maybe', { data: z.string().optional() }, ({ data }) => String(data));
  cloudEvent('must', { data: z.string() }, ({ data }) => data);
  const headers = Object.fromEntries(
    Object.entries(ATTRIBUTES).map(([name, value]) => [`ce-${name}`, value]),
  );
  for (const [name, status] of [
    ['maybe', 200],
    ['must', 400],
  ] as const) {
    const { origin } = await serve(t, name);
    const answer = await fetch(origin, { method: 'POST', headers });
    assert.equal(answer.status, status, await answer.text());
  }
});

test('functions with a callback, asynchronous validators and results work together', async (t) => {
  const schema = z.string().refine(async (text) => {
    await delay(5);
    return text !== 'bad';
  });
  cloudEvent('onText', { data: schema }, ({ data }, done) => {
    setImmediate(() => done(undefined, `got ${data}`));
  });
  const { origin } = await serve(t, 'onText');
  assert.deepEqual(await send(origin, 'good'), [200, 'got good']);
  assert.equal((await send(origin, 'bad'))[0], 400);
});

test('what the function throws after the check is answered as without a schema', async (t) => {
  const errors = catchErrors(t);
  cloudEvent('broken', { data: z.unknown() }, () => {
    throw new Error('no luck');
  });
  const { origin } = await serve(t, 'broken');
  assert.deepEqual(await send(origin, 1), [500, 'no luck']);
  assert.match(errors.text(), /^Error: no luck\n/);
});

test('a validator that throws is a 500', async (t) => {
  catchErrors(t);
  const schema = z.unknown().refine(() => {
    throw new Error('validator broke');
  });
  cloudEvent('thrower', { data: schema }, () => undefined);
  const { origin } = await serve(t, 'thrower');
  assert.deepEqual(await send(origin, 1), [500, 'validator broke']);
});

test('an event with checked data still is its own JSON event format', async (t) => {
  let json = '';
  cloudEvent('bytes', { data: z.string().transform((text) => Buffer.from(text)) }, (event) => {
    json = JSON.stringify(event);
  });
  const { origin } = await serve(t, 'bytes');
  await send(origin, 'abc');
  assert.equal((JSON.parse(json) as { data_base64?: string }).data_base64, 'YWJj');
});

test('what is not a schema is refused when the server is made, with its name', async (t: TestContext) => {
  // @ts-expect-error a class is not a schema
  typed('wrong', { input: Date }, () => 1);
  // @ts-expect-error a function is not a schema
  cloudEvent('wrongEvent', { data: () => true }, () => 1);
  for (const name of ['wrong', 'wrongEvent']) {
    await assert.rejects(serve(t, name), {
      code: 'INVALID_SCHEMA',
      message: new RegExp(`^The option "(input|data)" of ${name} is not a schema\\.`),
    });
  }
});

test('any object of the standard is a schema, a function too', async (t) => {
  // As ArkType's types are.
  const even: StandardSchema<unknown, number> = Object.assign(() => undefined, {
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: (value: unknown) =>
        typeof value === 'number' && value % 2 === 0
          ? { value }
          : { issues: [{ message: 'is odd' }] },
    } as const,
  });
  typed('half', { input: even }, (n) => n / 2);
  const { origin } = await serve(t, 'half');
  const answers: string[] = [];
  for (const body of ['4', '5']) {
    const answer = await fetch(origin, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    answers.push(`${answer.status} ${await answer.text()}`);
  }
  assert.deepEqual(answers, ['200 2', '400 The request body is not valid.\nis odd']);
});

test('schemas type the event', () => {
  cloudEvent('types', { data: Order }, async ({ data }) => data.at.getTime());
  cloudEvent('types', { data: v.object({ n: v.pipe(v.string(), v.transform(Number)) }) }, (event) =>
    event.data.n.toFixed(),
  );
  // @ts-expect-error the schema makes a Date of it
  cloudEvent('types', { data: Order }, ({ data }) => data.at.toUpperCase());
  // @ts-expect-error the schema has no such member
  cloudEvent('types', { data: Order }, ({ data }) => data.other);
  cloudEvent<{ a: number }>('types', (event) => event.data?.a.toFixed());
  // @ts-expect-error without a schema there may be no data
  cloudEvent<{ a: number }>('types', (event) => event.data.a);
});
