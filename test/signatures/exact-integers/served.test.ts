import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { decode, encode } from '../../../src/cloudevents';
import type { SignatureType } from '../../../src/core/registry';
import { parseOptions } from '../../../src/options/options';
import { invoke } from '../../../src/testing';
import { catchErrors, serve } from '../../support/serving';
import { send } from '../../support/wire';

const BIG = '12345678901234567890';
const body = `{"id":${BIG},"n":7}`;
const exact = { id: BigInt(BIG), n: 7 };
const rounded = { id: Number(BIG), n: 7 };
const json = { 'content-type': 'application/json' };
const structured = { 'content-type': 'application/cloudevents+json' };
const batched = { 'content-type': 'application/cloudevents-batch+json' };
const attributes = { specversion: '1.0', id: '1', source: '/s', type: 't' };
const binary = {
  ...json,
  ...Object.fromEntries(Object.entries(attributes).map(([name, v]) => [`ce-${name}`, v])),
};
const envelope = (more: string): string => JSON.stringify(attributes).replace(/\}$/, `,${more}}`);
const base64 = Buffer.from(body).toString('base64');
const context = { eventId: '1', timestamp: '2020-01-01T00:00:00Z', eventType: 't', resource: 'r' };

interface Input {
  about: string;
  type: SignatureType;
  headers: Record<string, string>;
  text: string;
}

/** Requests that bring the same input to functions of each kind. */
const inputs: Input[] = [
  { about: 'a typed function', type: 'typed', headers: json, text: body },
  { about: 'req.body', type: 'http', headers: json, text: body },
  {
    about: 'req.body in another charset',
    type: 'http',
    headers: { 'content-type': 'application/json;charset=utf-16le' },
    text: body,
  },
  { about: 'a binary event', type: 'cloudevent', headers: binary, text: body },
  {
    about: 'a binary event of another JSON type',
    type: 'cloudevent',
    headers: { ...binary, 'content-type': 'a/b+json' },
    text: body,
  },
  {
    about: 'a structured event',
    type: 'cloudevent',
    headers: structured,
    text: envelope(`"data":${body}`),
  },
  {
    about: 'a structured event as plain JSON',
    type: 'cloudevent',
    headers: json,
    text: envelope(`"data":${body}`),
  },
  {
    about: 'a structured event in base64',
    type: 'cloudevent',
    headers: structured,
    text: envelope(`"datacontenttype":"application/json","data_base64":"${base64}"`),
  },
  {
    about: 'a batch',
    type: 'cloudevent',
    headers: batched,
    text: `[${envelope(`"data":${body}`)}]`,
  },
  {
    about: 'a legacy event',
    type: 'event',
    headers: json,
    text: `{"context":${JSON.stringify(context)},"data":${body}}`,
  },
  {
    about: 'a legacy event for a function of CloudEvents',
    type: 'cloudevent',
    headers: json,
    text: `{"context":${JSON.stringify({ ...context, eventType: 'google.storage.object.finalize', resource: { service: 'storage.googleapis.com', name: 'projects/_/buckets/b/objects/o' } })},"data":${body}}`,
  },
  { about: 'a binary event for a legacy function', type: 'event', headers: binary, text: body },
];

async function receive(t: TestContext, input: Input, exactIntegers?: boolean): Promise<unknown> {
  const { type, headers, text } = input;
  let received: unknown;
  // Without named parameters, so that no function takes a callback.
  const handler = (...[first, second]: any[]): void => {
    received = type === 'http' ? first.body : type === 'cloudevent' ? first.data : first;
    if (type === 'http') second.end();
  };
  const options = exactIntegers === undefined ? {} : { exactIntegers };
  const { origin } = await serve(t, { type, handler }, options);
  const isWide = headers['content-type']?.includes('utf-16');
  const bytes = Buffer.from(text, isWide ? 'utf16le' : 'utf8');
  const answer = await send(origin, { headers, body: bytes });
  assert.ok(answer.status < 300, answer.text);
  return received;
}

for (const input of inputs) {
  test(`${input.about} has its integers exactly when asked for, and rounded otherwise`, async (t) => {
    assert.deepEqual(await receive(t, input, true), exact);
    assert.deepEqual(await receive(t, input, false), rounded);
    assert.deepEqual(await receive(t, input), rounded);
  });
}

const exactly = { exactIntegers: true };

test('what was read is sent as it came', async (t) => {
  const typed = await serve(t, { type: 'typed', handler: (input: unknown) => input }, exactly);
  const echoed = await send(typed.origin, { headers: json, body });
  assert.equal(echoed.text, body);
  assert.equal(echoed.headers['content-type'], 'application/json; charset=utf-8');

  for (const version of [4, 5] as const) {
    const handler = (req: any, res: any): void => res.status(201).json(req.body);
    const { origin } = await serve(t, { type: 'http', handler }, { ...exactly, express: version });
    const answer = await send(origin, { headers: json, body });
    assert.deepEqual([answer.status, answer.text], [201, body]);
  }

  const reply = (event: object): unknown => ({ ...event, id: '2' });
  const { origin } = await serve(t, { type: 'cloudevent', handler: reply }, exactly);
  const answer = await send(origin, { headers: binary, body });
  assert.equal(answer.headers['ce-id'], '2');
  assert.equal(answer.text, body);
  const handler = ({ data }: any): unknown => data;
  const value = await serve(t, { type: 'cloudevent', handler }, exactly);
  assert.equal((await send(value.origin, { headers: binary, body })).text, body);
});

test('without the option a BigInt is as in Express: it cannot be sent', async (t) => {
  catchErrors(t);
  const handler = (_req: unknown, res: any): void => res.json({ id: 1n });
  assert.equal((await send((await serve(t, { type: 'http', handler })).origin)).status, 500);
});

test('circular values fail as before', async (t) => {
  const errors = catchErrors(t);
  const handler = (_req: unknown, res: any): void => {
    const value: Record<string, unknown> = { big: 1n };
    value['self'] = value;
    res.json(value);
  };
  const { origin } = await serve(t, { type: 'http', handler }, exactly);
  assert.equal((await send(origin)).status, 500);
  assert.match(errors.text(), /circular/i);
});

test('an integer that is too long is refused, and so is a large one as an attribute', async (t) => {
  const handler = (): void => assert.fail('was called');
  const long = `[${'1'.repeat(1001)}]`;
  const attribute = envelope(`"count":${BIG}`);
  const refused: [SignatureType, Record<string, string>, string, RegExp][] = [
    ['cloudevent', binary, long, /more than 1000 digits/],
    ['typed', json, long, /more than 1000 digits/],
    ['http', json, long, /more than 1000 digits/],
    ['cloudevent', structured, attribute, new RegExp(`"count" is ${BIG}, but must be a 32-bit`)],
  ];
  for (const [type, headers, text, says] of refused) {
    const { origin } = await serve(t, { type, handler }, exactly);
    const answer = await send(origin, { headers, body: text });
    assert.equal(answer.status, 400, answer.text);
    assert.match(answer.text, says);
  }
});

test('flag, variable, invoke() and the codec have the option', async () => {
  assert.equal(parseOptions(['--exact-integers'], {}).exactIntegers, true);
  assert.equal(parseOptions([], { FUNCTION_EXACT_INTEGERS: 'true' }).exactIntegers, true);
  assert.equal(parseOptions([], {}).exactIntegers, false);
  const handler = (req: any, res: any): void => res.send(typeof req.body.id);
  const answer = await invoke(handler, { method: 'POST', headers: json, body }, exactly);
  assert.equal(answer.body, 'bigint');
  const event = decode(binary, body, exactly);
  assert.deepEqual(event, { ...attributes, datacontenttype: 'application/json', data: exact });
  assert.equal(String(encode(event as never).body), body);
  const sent = encode(event as never, 'structured');
  assert.deepEqual(decode(sent.headers, sent.body, exactly), event);
});
