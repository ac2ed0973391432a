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

test('every event of a batch is tried, and the answer says how many failed and which', async (t) => {
  const errors = catchErrors(t);
  const { status, text, handled } = await deliver(t, ({ id }) => {
    if (id !== '1') throw new Error(`broken ${id}`);
  });
  assert.equal(status, 500);
  const first = '2 of 3 events of the batch failed: "2", "3".';
  assert.equal(text, `${first}\n"2": broken 2\n"3": broken 3`);
  assert.deepEqual(handled, ['1 begins', '1', '2 begins', '3 begins']);
  assert.match(errors.text(), /^Event "2" of the batch failed: Error: broken 2\n +at /);
  assert.match(errors.text(), /^Event "3" of the batch failed: Error: broken 3\n +at /m);
});

test('an event that always fails keeps no other from being handled', async (t) => {
  catchErrors(t);
  const done = new Set<string>();
  for (let delivery = 0; delivery < 3; delivery++) {
    await deliver(t, ({ id }) => {
      if (id === '2') throw new Error('poison');
      done.add(id);
    });
  }
  assert.deepEqual([...done], ['1', '3']);
});

test('the answer of a batch that fails is that of an event that failed', async (t) => {
  catchErrors(t);
  const { origin } = await serve(t, {
    type: 'cloudevent',
    handler: () => {
      throw Object.assign(new Error('busy'), {
        status: 503,
        retryAfter: 7,
        headers: { 'X-A': '1' },
      });
    },
  });
  const busy = await send(origin, { headers: batchType, body });
  assert.equal(busy.status, 503);
  assert.equal(busy.headers['retry-after'], '7');
  assert.equal(busy.headers['x-google-status'], undefined);
  assert.equal(busy.headers['content-type'], 'text/plain; charset=utf-8');
  assert.equal(busy.headers['x-content-type-options'], 'nosniff');
  const broken = await serve(t, { type: 'cloudevent', handler: () => Promise.reject() });
  const answer = await send(broken.origin, { headers: batchType, body });
  assert.equal(answer.headers['x-google-status'], 'error');
});

test('the highest of several statuses answers: what is worth a retry brings one', async (t) => {
  const errors = catchErrors(t);
  const act: Act = ({ id }) => {
    if (id === '1') return { status: 410 };
    if (id === '2') throw Object.assign(new Error('busy'), { status: 429 });
    return { status: 201 };
  };
  const { status, text, handled } = await deliver(t, act);
  assert.equal(status, 429);
  assert.match(text, /^2 of 3 events of the batch failed: "1", "2"\.\n"1": status 410\n"2": busy$/);
  assert.deepEqual(handled, ['1 begins', '1', '2 begins', '3 begins', '3']);
  assert.match(
    errors.text(),
    /^Event "1" of the batch failed: the function returned status 410\.$/m,
  );
  const { status: worst } = await deliver(t, ({ id }) => {
    throw Object.assign(new Error(), { status: id === '2' ? undefined : 410 });
  });
  assert.equal(worst, 500);
});

test('in production the answer of a failed batch has ids and no messages', async (t) => {
  catchErrors(t);
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  t.after(() => {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  });
  const { text } = await deliver(t, ({ id }) => {
    if (id === '2') throw new Error('the password is 1234');
  });
  assert.equal(text, '1 of 3 events of the batch failed: "2".');
});

test('up to a hundred ids are named, and cut', async (t) => {
  catchErrors(t);
  const ids = Array.from({ length: 120 }, (_, i) => `${i}`.padStart(60, 'x'));
  const act = (): never => {
    throw new Error('broken');
  };
  const { text } = await deliver(t, act, JSON.stringify(ids.map(member)));
  assert.match(text, /^120 of 120 events of the batch failed: "x{40}…",.* and 20 more\.\n/);
  assert.ok(text.length < 20_000);
});

test('nothing that a function throws keeps the rest of its batch', async (t) => {
  catchErrors(t);
  const odd = [
    'text',
    Object.create(null),
    {
      get stack() {
        throw new Error('no stack');
      },
    },
  ];
  for (const thrown of odd) {
    const { status, handled } = await deliver(t, ({ id }) => {
      if (id === '1') throw thrown;
    });
    assert.equal(status, 500);
    assert.equal(handled.at(-1), '3');
  }
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
  assert.match(
    errors.text(),
    /^\{"severity":"ERROR","message":"Not retried: event \\"2\\": .*poison/,
  );
});

test('a batch with one bad event is refused before any is handled', async (t) => {
  const text = JSON.stringify([member('1'), { ...member('2'), type: '' }]);
  const { status, text: message, handled } = await deliver(t, () => {}, text);
  assert.equal(status, 400);
  assert.match(message, /Event 1 .*"type" is ""/);
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

test('a legacy function and one with a schema have each event of a batch tried and named', async (t) => {
  const errors = catchErrors(t);
  const handled: unknown[] = [];
  const act = (id: unknown): void => {
    handled.push(id);
    if (id === '2') throw new NonRetryableError('poison');
    if (id === '3') throw new Error('broken');
  };
  const legacy = await serve(t, {
    type: 'event',
    handler: (_data: unknown, { id }: { id: string }) => act(id),
  });
  const answer = await send(legacy.origin, { headers: batchType, body });
  assert.deepEqual([answer.status, handled.splice(0)], [500, ['1', '2', '3']]);
  assert.equal(answer.text, '1 of 3 events of the batch failed: "3".\n"3": broken');

  const schema = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value: unknown) =>
        value === 1 ? { value } : { issues: [{ message: 'must be 1' }] },
    },
  };
  const checked = await serve(t, {
    type: 'cloudevent',
    handler: ({ id }: CloudEvent) => act(id),
    options: { data: schema },
  });
  const text = JSON.stringify([
    { ...member('0') },
    ...['1', '2', '3'].map((id) => ({ ...member(id), data: 1 })),
  ]);
  const refused = await send(checked.origin, { headers: batchType, body: text });
  assert.deepEqual([refused.status, handled], [500, ['1', '2', '3']]);
  assert.match(
    refused.text,
    /^2 of 4 events of the batch failed: "0", "3"\.\n"0": The data of event/,
  );
  for (const id of ['0', '3']) {
    assert.match(errors.text(), new RegExp(`^Event "${id}" of the batch failed: `, 'm'));
  }
  assert.match(errors.text(), /Not retried: event \\"2\\"/);
});
