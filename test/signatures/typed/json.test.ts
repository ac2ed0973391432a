import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { HttpError, type Request, typed } from '../../../src/index';
import { catchErrors, serve } from '../../support/serving';
import { ask, post } from './ask';

test('a typed function gets JSON and answers with JSON', async (t) => {
  // The function of Google's conformance test.
  typed('echo', (request: { message: string }) => ({ payload: request }));
  const { origin } = await serve(t, 'echo');
  const answer = await post(origin, { message: 'hi' });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal(answer.headers.get('content-length'), '28');
  assert.deepEqual(await answer.json(), { payload: { message: 'hi' } });
});

for (const value of ['text', 7, null, false, [1, 'ü'], { a: null }]) {
  test(`any JSON value passes both ways: ${JSON.stringify(value)}`, async (t) => {
    typed('same', (input) => input);
    assert.deepEqual(await ask(t, 'same', value === 'text' ? '"text"' : value), [
      200,
      JSON.stringify(value),
    ]);
  });
}

test('a function without a result is answered with 204', async (t) => {
  typed('nothing', async () => undefined);
  assert.deepEqual(await ask(t, 'nothing', {}), [204, '']);
});

test('the second argument is the request, which leads to the response', async (t) => {
  typed('created', (_input, req: Request) => {
    req.res?.status(201).set('Location', '/orders/7');
    return { from: req.get('X-From') };
  });
  const { origin } = await serve(t, 'created');
  const answer = await post(origin, {}, { 'content-type': 'application/json', 'x-from': 'test' });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('location'), '/orders/7');
  assert.deepEqual(await answer.json(), { from: 'test' });
});

test('a function that answers through the response itself is left alone', async (t) => {
  typed('own', (_input, req: Request) => {
    req.res?.send('own');
    return { lost: true };
  });
  assert.deepEqual(await ask(t, 'own', {}), [200, 'own']);
});

test('JSON that cannot be parsed is refused with 400', async (t) => {
  typed('echo', (input) => input);
  const [status, text] = await ask(t, 'echo', '{"a":');
  assert.equal(status, 400);
  assert.match(text, /^The request body is not valid JSON: /);
});

test('a request without a body is refused with 400', async (t) => {
  typed('echo', (input) => input);
  const { origin } = await serve(t, 'echo');
  const answer = await fetch(origin, { method: 'POST' });
  assert.equal(answer.status, 400);
  assert.equal(await answer.text(), 'The request has no body. Send JSON.');
});

test('a schema decides whether a request may be without a body', async (t) => {
  typed('optional', { input: z.object({ a: z.number() }).default({ a: 5 }) }, ({ a }) => a);
  const { origin } = await serve(t, 'optional');
  const answer = await fetch(origin, { method: 'POST' });
  assert.deepEqual([answer.status, await answer.text()], [200, '5']);
});

for (const [type, status] of [
  ['application/json;charset=utf-8', 200],
  ['application/problem+json', 200],
  ['Application/JSON; charset="UTF-8"', 200],
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
  ['application/jsonp', 415],
  ['json', 415],
  ['application/json; charset=latin1', 415],
] as const) {
  test(`a body of ${type} is answered with ${status}`, async (t) => {
    typed('echo', (input) => input);
    const { origin } = await serve(t, 'echo');
    const answer = await post(origin, '{}', { 'content-type': type });
    const text = await answer.text();
    assert.equal(answer.status, status, text);
  });
}

test('JSON in UTF-16 is read', async (t) => {
  typed('echo', (input) => input);
  const { origin } = await serve(t, 'echo');
  const answer = await fetch(origin, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-16le' },
    body: Buffer.from('["ü"]', 'utf16le'),
  });
  assert.deepEqual(await answer.json(), ['ü']);
});

test('other methods than POST are refused with 405', async (t) => {
  typed('echo', (input) => input);
  const { origin } = await serve(t, 'echo');
  const answer = await fetch(origin);
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get('allow'), 'POST');
});

test('what is thrown is a 500 that is logged', async (t) => {
  const errors = catchErrors(t);
  typed('broken', async () => {
    throw new Error('no luck');
  });
  assert.deepEqual(await ask(t, 'broken', {}), [500, 'no luck']);
  assert.match(errors.text(), /^Error: no luck\n {4}at /);
});

test('a result that JSON cannot hold is a 500', async (t) => {
  const errors = catchErrors(t);
  typed('big', () => ({ value: 5n }));
  const [status] = await ask(t, 'big', {});
  assert.equal(status, 500);
  assert.match(errors.text(), /BigInt/);
});

test('an HttpError is the answer of a typed function', async (t) => {
  const errors = catchErrors(t);
  typed('missing', ({ id }: { id: number }) => {
    throw new HttpError(404, 'NO_ORDER', `There is no order ${id}.`, { headers: { 'X-Id': '7' } });
  });
  const { origin } = await serve(t, 'missing');
  const answer = await post(origin, { id: 7 });
  assert.deepEqual([answer.status, await answer.text()], [404, 'There is no order 7.']);
  assert.equal(answer.headers.get('x-id'), '7');
  assert.equal(errors.text(), '', 'the function meant it');
});

test('a Response that a typed function returns is sent as it is, beside its output schema', async (t) => {
  typed('found', { input: z.object({ id: z.number() }), output: z.string() }, async ({ id }) =>
    id === 7 ? 'seven' : Response.json({ missing: id }, { status: 404 }),
  );
  assert.deepEqual(await ask(t, 'found', { id: 7 }), [200, '"seven"']);
  assert.deepEqual(await ask(t, 'found', { id: 8 }), [404, '{"missing":8}']);
});
