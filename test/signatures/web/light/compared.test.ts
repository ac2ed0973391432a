import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LightHeaders } from '../../../../src/signatures/web/light/headers';
import { LightRequest } from '../../../../src/signatures/web/light/request';
import { LightResponse } from '../../../../src/signatures/web/light/response';
import {
  type Body,
  body,
  headerOperations,
  headersInit,
  makeBody,
  type Operation,
  operations,
} from './generated';
import { outcomeOf, runAll } from './operations.cjs';

const light = { Headers: LightHeaders, Request: LightRequest, Response: LightResponse };
const native = { Headers, Request, Response };
type Classes = typeof light | typeof native;

/** undici throws into the void after the body of a form was cancelled. */
function suited(list: Operation[], content: unknown): Operation[] {
  const isForm = (content as Body | undefined)?.kind === 'form';
  return isForm ? list.filter(([name]) => name !== 'cancel') : list;
}

/** Runs the same on both kinds of classes. */
async function compare(make: (classes: Classes) => unknown, list: Operation[]): Promise<void> {
  const [ours, theirs] = await Promise.all([light, native].map((classes) => run(classes)));
  assert.deepEqual(ours, theirs);

  async function run(classes: Classes): Promise<unknown> {
    let subject: unknown;
    const made = await outcomeOf(() => {
      subject = make(classes);
      return Object.prototype.toString.call(subject);
    });
    const outcomes = subject === undefined ? [] : await runAll(subject, list, classes);
    // A form has a boundary of its own, and ends with a line only where undici is newer than 6.21.
    return JSON.parse(
      JSON.stringify([made, outcomes])
        .replace(/(?:2d)+666f726d646174612d[0-9a-f]*?(?=0d0a|2d2d(?:0d0a)?")/g, 'boundary')
        .replace(/boundary2d2d(?:0d0a)?/g, 'end')
        .replace(/-+formdata-\w+-\w+/g, 'boundary')
        .replace(/boundary--(?:\\r\\n)?/g, 'end'),
    );
  }
}

test('light headers do what those of Node do', async () => {
  await fc.assert(
    fc.asyncProperty(headersInit, headerOperations, (init, list) =>
      compare((classes) => ({ headers: new classes.Headers(init as never) }), list),
    ),
    { numRuns: 3000 },
  );
});

const responseInit = fc.record(
  {
    status: fc.constantFrom(
      200,
      201,
      204,
      205,
      304,
      404,
      599,
      199,
      600,
      0,
      '201',
      200.7,
      Number.NaN,
    ),
    statusText: fc.constantFrom('', 'Fine', 'é', '€', 'a\nb', 5),
    headers: headersInit,
  },
  { requiredKeys: [] },
);

test('light responses do what those of Node do', async () => {
  const init = fc.oneof(
    { weight: 8, arbitrary: responseInit },
    fc.constantFrom(undefined, null, 5, 'x'),
  );
  await fc.assert(
    fc.asyncProperty(body, init, operations, (given, options, list) =>
      compare(
        (classes) => new classes.Response(makeBody(given as Body) as never, options as never),
        suited(list, given),
      ),
    ),
    { numRuns: 3000 },
  );
});

test('a value that was joined with an empty one is trimmed where headers are filled, not cloned', () => {
  const read = ({ Headers, Request, Response }: typeof native): (string | null)[] => {
    const headers = new Headers([['x-a', '1']]);
    headers.append('x-a', '');
    const request = new Request('http://localhost/', { headers });
    request.headers.append('x-a', '');
    const response = new Response('', { headers });
    response.headers.append('x-a', '');
    return [headers, new Headers(headers), request.headers, request.clone().headers]
      .concat(new Request(request).headers, response.headers, response.clone().headers)
      .map((made) => made.get('x-a'));
  };
  assert.deepEqual(read(light as never), read(native));
});

test('so do those of Response.json, redirect and error', async () => {
  const made = fc.oneof(
    fc.tuple(
      fc.constant('json'),
      fc.constantFrom({ a: 1 }, undefined, 'x', null, () => 1),
      responseInit,
    ),
    fc.tuple(
      fc.constant('redirect'),
      fc.constantFrom('http://h/a b', '/relative', 'http://h/?é', 5),
      fc.constantFrom(undefined, 301, 308, 200, 0, '302', null),
    ),
    fc.constantFrom(['error'] as const, ['json'] as const, ['redirect'] as const),
  );
  await fc.assert(
    fc.asyncProperty(made, operations, ([name, ...args], list) =>
      compare(
        (classes) => (classes.Response[name] as (...args: unknown[]) => unknown)(...args),
        list,
      ),
    ),
    { numRuns: 1000 },
  );
});

const requestInit = fc.record(
  {
    method: fc.constantFrom(
      'GET',
      'get',
      'POST',
      'put',
      'patch',
      'QUERY',
      'TRACE',
      'connect',
      'a b',
      '',
      'POST',
      'POST',
    ),
    headers: headersInit,
    redirect: fc.constantFrom('follow', 'manual', 'error', 'x'),
    cache: fc.constantFrom('default', 'no-store', 'only-if-cached', 'x'),
    credentials: fc.constantFrom('omit', 'x'),
    mode: fc.constantFrom('cors', 'no-cors', 'same-origin', 'navigate', 'x'),
    referrer: fc.constantFrom('', 'about:client', 'http://r/a', '::', '/relative'),
    referrerPolicy: fc.constantFrom('', 'no-referrer', 'x'),
    integrity: fc.constantFrom('sha', 5),
    keepalive: fc.constantFrom(true, 0, 'x'),
    signal: fc.constantFrom(null, {}, AbortSignal.abort(), new AbortController().signal),
    window: fc.constantFrom(null, 'x'),
    duplex: fc.constantFrom('half', 'half', 'full'),
  },
  { requiredKeys: [] },
);
const url = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('http://h/a?b#c', new URL('http://h/u')) },
  fc.constantFrom(
    '/relative',
    '',
    'http://u:p@h/',
    'HTTP://H:80/../a b',
    'data:,x',
    5,
    null,
    {},
    undefined,
  ),
);

test('light requests do what those of Node do', async () => {
  const init = fc.oneof(
    { weight: 8, arbitrary: requestInit },
    fc.constantFrom(undefined, null, 5, 'x'),
  );
  const given = fc.option(body, { nil: undefined });
  await fc.assert(
    fc.asyncProperty(url, init, given, operations, (input, options, content, list) =>
      compare(
        (classes) => {
          const isObject = typeof options === 'object' && options !== null;
          const all =
            isObject && content !== undefined
              ? { method: 'POST', duplex: 'half', ...options, body: makeBody(content as Body) }
              : options;
          return new classes.Request(input as never, all as never);
        },
        suited(list, content),
      ),
    ),
    { numRuns: 3000 },
  );
});

// Not among the generated bodies: undici waits for ever after a chunk without bytes, and throws into the
// void after cancelling.
test('a light body may be an async iterable, as undici’s', async () => {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const text of ['one', '', 'two']) yield Buffer.from(text);
  }
  const response = new LightResponse(chunks());
  const clone = response.clone();
  assert.deepEqual([await response.text(), await clone.text()], ['onetwo', 'onetwo']);
  async function* texts(): AsyncGenerator<string> {
    yield* ['o', '', 'né'];
  }
  assert.equal(await new LightResponse(texts()).text(), 'oné');
  async function* numbers(): AsyncGenerator<number> {
    yield 2;
  }
  await assert.rejects(new LightResponse(numbers()).text(), TypeError);
  const cancelled = new LightResponse(chunks());
  await cancelled.body?.cancel();
  assert.ok(cancelled.bodyUsed);
});
