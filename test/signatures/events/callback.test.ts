import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { SignatureType } from '../../../src/core/registry';
import { NonRetryableError } from '../../../src/index';
import { catchErrors, serve } from '../../support/serving';
import { send } from '../../support/wire';
import { attributes, json } from './deliveries';

type Done = (error?: unknown, result?: unknown) => void;
type Act = (done: Done) => unknown;

/** Functions of both kinds with a parameter for a callback. */
async function deliverTo(t: TestContext, act: Act, check: (deliver: Deliver) => Promise<void>) {
  for (const type of ['cloudevent', 'event'] as const) {
    await t.test(type, async (t) => check(await serveWith(t, type, act)));
  }
}

type Deliver = () => Promise<{ status: number; text: string }>;

async function serveWith(t: TestContext, type: SignatureType, act: Act): Promise<Deliver> {
  const handler =
    type === 'event'
      ? (_data: unknown, _context: unknown, done: Done) => act(done)
      : (_event: unknown, done: Done) => act(done);
  const { origin } = await serve(t, { type, handler });
  return () => send(origin, { headers: { ...attributes, ...json }, body: '{}' });
}

test('a promise that fulfils completes the event of a function that could call back', async (t) => {
  t.mock.method(console, 'error', () => {});
  await deliverTo(
    t,
    async () => 'done',
    async (deliver) => {
      const { status, text } = await deliver();
      assert.deepEqual([status, text], [200, 'done']);
    },
  );
  await deliverTo(
    t,
    () => delay(5),
    async (deliver) => {
      assert.equal((await deliver()).status, 204);
    },
  );
});

test('that is reported once for each function, with what to do, and not in production', async (t) => {
  for (const [type, parameters] of [
    ['cloudevent', '(event, callback)'],
    ['event', '(data, context, callback)'],
  ] as const) {
    await t.test(type, async (t) => {
      const errors = catchErrors(t);
      const deliver = await serveWith(t, type, async () => {});
      await deliver();
      await deliver();
      const expected = `Warning: function takes a callback, ${parameters}, and returned a promise. The promise has completed the event: a call back after that is ignored. Leave out the last parameter, or return no promise (an async function does).`;
      assert.equal(errors.text(), expected);
    });
  }
  for (const [name, value] of [
    ['NODE_ENV', 'production'],
    ['K_SERVICE', 'hello'],
  ] as const) {
    const errors = catchErrors(t);
    const before = process.env[name];
    process.env[name] = value;
    t.after(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
    const deliver = await serveWith(t, 'cloudevent', async () => {});
    assert.equal((await deliver()).status, 204);
    assert.equal(errors.text(), '');
  }
});

test('what completes first counts: a function may be async and call back', async (t) => {
  const errors = t.mock.method(console, 'error', () => {});
  const act: Act = async (done) => {
    await delay(1);
    done(null, 'by callback');
    return 'by promise';
  };
  await deliverTo(t, act, async (deliver) => assert.equal((await deliver()).text, 'by callback'));
  assert.equal(errors.mock.callCount(), 0);
});

test('a call back after the promise is reported, and its error logged', async (t) => {
  const errors = catchErrors(t);
  const lines = t.mock.method(console, 'log', () => {});
  const act: Act = async (done) => {
    setTimeout(done, 5, new Error('too late'));
    return 'by promise';
  };
  const deliver = await serveWith(t, 'cloudevent', act);
  assert.equal((await deliver()).text, 'by promise');
  while (lines.mock.callCount() === 0) await delay(1);
  assert.deepEqual(lines.mock.calls[0]?.arguments, ['Ignoring extra callback call']);
  assert.match(errors.text(), /Exception from a finished function: Error: too late/);
});

test('what a function with a callback throws or rejects with says how its event is answered', async (t) => {
  const errors = catchErrors(t);
  for (const asynchronous of [false, true]) {
    const failing =
      (error: unknown): Act =>
      () => {
        if (asynchronous) return Promise.reject(error);
        throw error;
      };
    const poison = failing(new NonRetryableError('poison'));
    await deliverTo(t, poison, async (deliver) => assert.equal((await deliver()).status, 204));
    assert.match(errors.text(), /"Not retried: NonRetryableError: poison/);
    const busy = failing(Object.assign(new Error('busy'), { status: 429 }));
    await deliverTo(t, busy, async (deliver) => assert.equal((await deliver()).status, 429));
    const broken = failing(new Error('broken'));
    await deliverTo(t, broken, async (deliver) => assert.equal((await deliver()).status, 500));
  }
});
