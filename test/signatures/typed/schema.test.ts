import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { z } from 'zod';
import { typed } from '../../../src/index';
import { catchErrors, serve } from '../../support/serving';
import { ask, post } from './ask';

const Order = z.object({
  items: z.array(z.object({ price: z.number(), 'a b': z.string().optional() })),
  at: z.string().transform((text) => new Date(text)),
});

test('the function gets what the schema makes of the input', async (t) => {
  typed('order', { input: Order }, ({ at, items }) => {
    // Compiles only when the types are those of the schema's output.
    const year: number = at.getUTCFullYear();
    const price: number | undefined = items[0]?.price;
    return { year, price };
  });
  const order = { items: [{ price: 7, extra: 1 }], at: '2020-01-02T00:00:00Z' };
  assert.deepEqual(await ask(t, 'order', order), [200, '{"year":2020,"price":7}']);
});

test('input that fails is refused with one line for each issue, before the function', async (t) => {
  let calls = 0;
  typed('order', { input: Order }, () => {
    calls++;
  });
  const { origin } = await serve(t, 'order');
  const answer = await post(origin, { items: [{ price: 1 }, { price: 'x', 'a b': 7 }] });
  assert.equal(answer.status, 400);
  assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.deepEqual((await answer.text()).split('\n'), [
    'The request body is not valid.',
    'items[1].price: Invalid input: expected number, received string',
    'items[1]["a b"]: Invalid input: expected string, received number',
    'at: Invalid input: expected string, received undefined',
  ]);
  assert.equal(calls, 0);
});

test('Valibot is understood, with its paths of objects', async (t) => {
  const schema = v.object({ user: v.object({ tags: v.array(v.string()) }) });
  typed('tags', { input: schema }, ({ user }) => user.tags.map((tag) => tag.toUpperCase()));
  const { origin } = await serve(t, 'tags');
  const good = await post(origin, { user: { tags: ['a'] } });
  assert.deepEqual(await good.json(), ['A']);
  const bad = await post(origin, { user: { tags: ['a', 5] } });
  assert.equal(bad.status, 400);
  assert.match(await bad.text(), /^user\.tags\[1\]: Invalid type: Expected string/m);
});

test('an issue of the input as a whole has no path', async (t) => {
  typed('text', { input: z.string() }, (text) => text.length);
  const [status, text] = await ask(t, 'text', 5);
  assert.equal(status, 400);
  assert.match(text, /\nInvalid input: expected string, received number$/);
});

test('validators may be asynchronous', async (t) => {
  const schema = z.string().refine(
    async (id) => {
      await delay(5);
      return id !== 'taken';
    },
    { error: 'is taken' },
  );
  typed('name', { input: schema }, (id) => id);
  const { origin } = await serve(t, 'name');
  assert.equal((await post(origin, '"free"')).status, 200);
  const taken = await post(origin, '"taken"');
  assert.deepEqual(
    [taken.status, await taken.text()],
    [400, 'The request body is not valid.\nis taken'],
  );
});

test('a validator that throws is an error of the function: 500', async (t) => {
  catchErrors(t);
  const schema = z.unknown().refine(() => {
    throw new Error('validator broke');
  });
  typed('thrower', { input: schema }, () => 1);
  assert.deepEqual(await ask(t, 'thrower', {}), [500, 'validator broke']);
});

test('what the output schema makes of the result is sent', async (t) => {
  const output = z.object({ total: z.number().transform((n) => n.toFixed(2)) });
  typed('total', { output }, (prices: number[]) => ({
    total: prices.reduce((sum, price) => sum + price, 0),
    secret: 'dropped by the schema',
  }));
  assert.deepEqual(await ask(t, 'total', [1, 2]), [200, '{"total":"3.00"}']);
});

test('a result that fails is a 500, and the log names the path', async (t) => {
  const errors = catchErrors(t);
  const output = z.object({ total: z.number() });
  typed('total', { output }, (input) => input as { total: number });
  const [status, text] = await ask(t, 'total', { total: 'much' });
  assert.equal(status, 500);
  assert.match(text, /^output\.total: Invalid input: expected number/m);
  assert.match(errors.text(), /^output\.total: Invalid input: expected number/m);
});

test('in production the client does not see what failed in the result', async (t) => {
  const errors = catchErrors(t);
  process.env['NODE_ENV'] = 'production';
  t.after(() => {
    delete process.env['NODE_ENV'];
  });
  typed('total', { output: z.number() }, (input) => input as number);
  assert.deepEqual(await ask(t, 'total', '"much"'), [500, 'Internal Server Error']);
  assert.match(errors.text(), /^output: Invalid input/m);
});

test('schemas type the function', () => {
  const input = z.object({ n: z.string().transform(Number) });
  const output = v.object({ kind: v.picklist(['a', 'b']) });
  typed('types', { input, output }, ({ n }) => ({ kind: n.toFixed() === '1' ? 'a' : 'b' }));
  typed('types', { input, output }, async (_input, req) => ({ kind: req.get('x') ? 'a' : 'b' }));
  const list = z.object({ tags: z.array(z.string()), pair: z.tuple([z.number(), z.string()]) });
  typed('types', { output: list }, () => ({ tags: ['a'], pair: [1, 'b'] }));
  typed('types', { output: list }, async (tags: string[]) => ({ tags, pair: [1, 'b'] }));
  typed('types', { output: z.string().optional() }, () => undefined);
  typed('types', { output: z.array(z.object({ id: z.string() })) }, () => [{ id: 'a' }]);
  const shape = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('circle'), radius: z.number() }),
    z.object({ kind: z.literal('square'), side: z.number() }),
  ]);
  typed('types', { output: shape }, () => ({ kind: 'circle', radius: 5 }));
  typed(
    'types',
    { output: shape },
    async (): Promise<z.input<typeof shape>> => ({ kind: 'square', side: 5 }),
  );
  // @ts-expect-error a circle has a radius
  typed('types', { output: shape }, () => ({ kind: 'circle', side: 5 }));
  typed(
    'types',
    { output: z.object({ at: z.date(), id: z.string().brand('Id'), any: z.any() }) },
    () => ({
      at: new Date(),
      id: 'x',
      any: 5,
    }),
  );
  typed('types', { output: z.record(z.string(), z.unknown()) }, (input) => ({ input }));
  typed('types', { output: z.string() }, async () => 'x');
  // @ts-expect-error the schema wants text
  typed('types', { output: z.string() }, async () => 5);
  // @ts-expect-error the schema has no c
  typed('types', { output }, () => ({ kind: 'c' }));
  // @ts-expect-error the schema asks for more
  typed('types', { output }, () => ({}));
  // @ts-expect-error the schema gives a number
  typed('types', { input }, ({ n }) => n.toUpperCase());
  // @ts-expect-error the handler takes something else
  typed('types', { input }, (value: { n: string }) => value.n);
  // @ts-expect-error a number is not a schema
  typed('types', { input: 5 }, () => 1);
  typed<{ a: number }, string>('types', (value) => value.a.toFixed());
  // @ts-expect-error the result is another
  typed<{ a: number }, string>('types', (value) => value.a);
  typed('types', (value: { a: number }, req) => req.get('x') ?? value.a);
});
