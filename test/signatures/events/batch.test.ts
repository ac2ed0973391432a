import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CloudEvent } from '../../../src/cloudevents/event';
import { NonRetryableError } from '../../../src/index';
import { catchErrors, serve } from '../../support/serving';
import { send } from '../../support/wire';

const batchType = { 'content-type': 'application/cloudevents-batch+json' };
const member = (id: string) => ({ specversion: '1.0', id, source: '/s', type: 'com.example.t' });
const body = JSON.stringify(['1', '2', '3'].map(member));
type Act = (event: CloudEvent) => unknown;

/** Delivers the three events to a function of each style; tells which were handled. */
async function deliver(t: TestContext, act: Act, text = body) {
  const results: { status: number; text: string; handled: string[] }[] = [];
  for (const takesCallback of [false, true]) {
    const handled: string[] = [];
    const once = async (event: CloudEvent) => {
      handled.push(`${event.id} begins`);
      const result = await act(event);
      handled.push(event.id);
      return result;
    };
    const handler = takesCallback
      ? (event: CloudEvent, done: (error?: unknown, result?: unknown) => void) =>
          void once(event).then((result) => done(undefined, result), done)
      : once;
    const { origin } = await serve(t, { type: 'cloudevent', handler });
    const answer = await send(origin, { headers: batchType, body: text });
    results.push({ status: answer.status, text: answer.text, handled });
  }
  assert.deepEqual(results[0], results[1]);
  return results[0] as (typeof results)[0];
}

test('the events of a batch are handled one after the other, in order', async (t) => {
  const { status, text, handled } = await deliver(t, () => new Promise(setImmediate));
  assert.equal(status, 204);
  assert.equal(text, '');
  assert.deepEqual(handled, ['1 begins', '1', '2 begins', '2', '3 begins', '3']);
});

test('a batch fails as a whole with its first failure', async (t) => {
  catchErrors(t);
  const { status, text, handled } = await deliver(t, ({ id }) => {
    if (id === '2') throw new Error('broken');
  });
  assert.equal(status, 500);
  assert.equal(text, 'broken');
  assert.deepEqual(handled, ['1 begins', '1', '2 begins']);
});

test('a batch fails as a whole with the first result that has the status of a failure', async (t) => {
  const act: Act = ({ id }) => ({ status: id === '2' ? 429 : 201 });
  const { status, handled } = await deliver(t, act);
  assert.equal(status, 429);
  assert.deepEqual(handled, ['1 begins', '1', '2 begins', '2']);
});

test('a batch of which one event is accepted for later is accepted, and handled to its end', async (t) => {
  catchErrors(t);
  for (const act of [
    ({ id }: CloudEvent) => (id === '2' ? { status: 202 } : undefined),
    ({ id }: CloudEvent) => {
      if (id === '2') throw Object.assign(new Error('later'), { status: 202 });
    },
  ]) {
    const { status, handled } = await deliver(t, act);
    assert.equal(status, 202);
    assert.equal(handled.at(-1), '3');
  }
});

test('an event of a batch that is not to be retried does not take the others along', async (t) => {
  const errors = catchErrors(t);
  const { status, handled } = await deliver(t, ({ id }) => {
    if (id === '2') throw new NonRetryableError('poison');
  });
  assert.equal(status, 204);
  assert.deepEqual(handled, ['1 begins', '1', '2 begins', '3 begins', '3']);
  assert.match(errors.text(), /^\{"severity":"ERROR","message":"Not retried: .*poison/);
});

test('a batch with one bad event is refused before any is handled', async (t) => {
  const text = JSON.stringify([member('1'), { ...member('2'), type: '' }]);
  const { status, text: fault, handled } = await deliver(t, () => {}, text);
  assert.equal(status, 400);
  assert.match(fault, /Event 1 .*"type" is ""/);
  assert.deepEqual(handled, []);
});

test('an empty batch is acknowledged, and a batch of one is like its event', async (t) => {
  assert.deepEqual(await deliver(t, () => {}, '[]'), { status: 204, text: '', handled: [] });
  const { origin } = await serve(t, { type: 'cloudevent', handler: () => 'reply' });
  const one = await send(origin, { headers: batchType, body: JSON.stringify([member('1')]) });
  assert.equal(one.text, 'reply');
  const three = await send(origin, { headers: batchType, body });
  assert.equal(three.status, 204);
});

test('a rejection of a callback-style function fails its batch', async (t) => {
  catchErrors(t);
  const handler = async (_event: CloudEvent, _done: unknown): Promise<void> => {
    throw new Error('broken');
  };
  const { origin } = await serve(t, { type: 'cloudevent', handler });
  assert.equal((await send(origin, { headers: batchType, body })).status, 500);
});
