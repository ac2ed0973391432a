import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catchErrors, serve } from '../support/serving';

const HINT =
  /It is undefined for a request without a body since Express 5\. .* --express=4 \(or FUNCTION_EXPRESS=4\)\.$/m;

type Handler = (req: { body: { name?: string } }) => unknown;

const readers: [string, Handler][] = [
  ['reads a member of it', (req) => req.body.name],
  [
    'takes a member out of it',
    (req) => {
      const { name } = req.body;
      return name;
    },
  ],
  [
    'sets a member of it',
    (req) => {
      req.body.name = 'x';
    },
  ],
  ['lists its members', (req) => Object.keys(req.body)],
  [
    'does so later',
    async (req) => {
      await null;
      return req.body.name;
    },
  ],
];
for (const [what, handler] of readers) {
  test(`a function that ${what} without a body gets a hint at Express 4`, async (t) => {
    const errors = catchErrors(t);
    const { origin } = await serve(t, { type: 'http', handler });
    assert.equal((await fetch(origin)).status, 500);
    assert.match(errors.text(), HINT);
    assert.match(errors.text(), /^TypeError: /);
  });
}

const others: [string, Handler, RequestInit?][] = [
  [
    'an error of another kind',
    () => {
      throw new Error('Cannot read properties of undefined');
    },
  ],
  [
    'another TypeError',
    () => {
      throw new TypeError('x is not a function');
    },
  ],
  ['a member of null', () => (JSON.parse('null') as { name: string }).name],
  [
    'a request with a body',
    () => (undefined as unknown as Date).getTime(),
    { method: 'POST', body: '{}' },
  ],
];
for (const [what, handler, init] of others) {
  test(`nothing is said of Express 4 for ${what}`, async (t) => {
    const errors = catchErrors(t);
    const { origin } = await serve(t, { type: 'http', handler });
    assert.equal((await fetch(origin, init)).status, 500);
    assert.doesNotMatch(errors.text(), HINT);
  });
}

test('nothing is said of Express 4 in production, nor to the client', async (t) => {
  const errors = catchErrors(t);
  const handler: Handler = (req) => req.body.name;
  const { origin } = await serve(t, { type: 'http', handler });
  const text = await (await fetch(origin)).text();
  assert.equal(text, "Cannot read properties of undefined (reading 'name')");
  const before = errors.text();
  assert.match(before, HINT);
  process.env['NODE_ENV'] = 'production';
  t.after(() => delete process.env['NODE_ENV']);
  await fetch(origin);
  assert.doesNotMatch(errors.text().slice(before.length), HINT);
});

test('nothing is said to an event function', async (t) => {
  const errors = catchErrors(t);
  const handler = (): unknown => (undefined as unknown as Date).getTime();
  const { origin } = await serve(t, { type: 'cloudevent', handler });
  const headers = { 'ce-id': '1', 'ce-source': '/', 'ce-specversion': '1.0', 'ce-type': 't' };
  assert.equal((await fetch(origin, { method: 'POST', headers })).status, 500);
  assert.doesNotMatch(errors.text(), HINT);
});
