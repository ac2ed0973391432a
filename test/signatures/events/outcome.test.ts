import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServeOptions } from '../../../src/server/serve';
import { catchErrors, serve } from '../../support/serving';
import { send, type Upload } from '../../support/wire';
import { attributes, deliveries, json } from './deliveries';
import { failure, type Outcome, outcomes } from './outcomes';

type Handler = any;

async function check(t: TestContext, url: string, upload: Upload, outcome: Outcome): Promise<void> {
  const errors = catchErrors(t);
  const { status, headers, text } = await send(url, upload);
  assert.equal(status, outcome.status, text);
  if (outcome.body !== undefined) assert.equal(text, outcome.body);
  for (const [name, value] of Object.entries(outcome.headers ?? {})) {
    assert.equal(headers[name], value, name);
  }
  if (outcome.logs !== undefined) assert.match(errors.text(), outcome.logs);
}

for (const { about, type, path, upload } of deliveries) {
  test(`${about} is answered with what came of it`, async (t) => {
    let outcome = outcomes[0] as Outcome;
    const handler = (): unknown => outcome.act();
    const { origin } = await serve(t, { type, handler });
    for (const one of outcomes) {
      outcome = one;
      await t.test(one.about, (t) => check(t, origin + path, upload, one));
    }
  });

  test(`${about} is answered with what the callback got`, async (t) => {
    let outcome = outcomes[0] as Outcome;
    const end = async (done: Handler): Promise<void> => {
      try {
        done(null, await outcome.act());
      } catch (error) {
        done(error);
      }
    };
    const handler: Handler =
      type === 'event'
        ? (_data: unknown, _context: unknown, done: Handler) => void end(done)
        : (_event: unknown, done: Handler) => void end(done);
    const { origin } = await serve(t, { type, handler });
    // A callback that gets no error has no error to tell.
    for (const one of outcomes.filter(({ about }) => about !== 'nothing thrown')) {
      outcome = one;
      await t.test(one.about, (t) => check(t, origin + path, upload, one));
    }
  });
}

async function serveEvent(t: TestContext, handler: Handler, options: ServeOptions = {}) {
  const { origin } = await serve(t, { type: 'cloudevent', handler }, options);
  return (upload: Upload = {}) =>
    send(origin, { headers: { ...json, ...attributes }, body: '{}', ...upload });
}

test('a failure that comes after the timeout is logged, and no process dies of it', async (t) => {
  const errors = catchErrors(t);
  const rejections: unknown[] = [];
  const note = (error: unknown): void => void rejections.push(error);
  process.on('unhandledRejection', note);
  t.after(() => process.off('unhandledRejection', note));
  for (const members of [{ status: 410 }, { retryable: false }, {}]) {
    const calls: Promise<unknown>[] = [];
    const call = (): Promise<unknown> => {
      const late = delay(60).then(() => Promise.reject(failure(members)));
      calls.push(late);
      return late;
    };
    const deliver = await serveEvent(t, call, { timeout: 0.02 });
    assert.equal((await deliver()).status, 504);
    await Promise.allSettled(calls);
    await once(process, 'never', { signal: AbortSignal.timeout(10) }).catch(() => {});
  }
  assert.deepEqual(rejections, []);
  assert.match(
    errors.text(),
    /finished function: Error: broken\n(.*\n)*.*Not retried: Error: broken/,
  );
});

test('a second call of the callback is ignored and said', async (t) => {
  const lines = t.mock.method(console, 'log', () => {});
  const deliver = await serveEvent(t, (_event: unknown, done: Handler) => {
    done(null, 'first');
    done(new Error('second'));
  });
  assert.equal((await deliver()).text, 'first');
  assert.deepEqual(lines.mock.calls[0]?.arguments, ['Ignoring extra callback call']);
});
