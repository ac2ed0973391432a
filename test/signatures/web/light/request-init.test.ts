import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { lightFetch } from '../../../../src/signatures/web/light/fetch';
import { LightHeaders } from '../../../../src/signatures/web/light/headers';
import { LightRequest } from '../../../../src/signatures/web/light/request';
import { LightResponse } from '../../../../src/signatures/web/light/response';

const light = { Headers: LightHeaders, Request: LightRequest, Response: LightResponse };
type Classes = typeof light;
const native = { Headers, Request, Response } as never as Classes;

/** Does the same with both kinds of classes; an error counts by its class and text. */
function compare(run: (classes: Classes) => unknown): unknown {
  const [ours, theirs] = [light, native].map((classes) => {
    try {
      return run(classes);
    } catch (error) {
      return [(error as Error).name, (error as Error).message];
    }
  });
  assert.deepEqual(ours, theirs);
  return ours;
}

const undiciMajor = Number.parseInt(process.versions['undici'] ?? '', 10);
const global = globalThis as { [kGlobalOrigin]?: URL };
// What undici's setGlobalOrigin sets for all copies of undici in a process, also for Node's.
const kGlobalOrigin: unique symbol = Symbol.for('undici.globalOrigin.1') as never;

afterEach(() => {
  delete global[kGlobalOrigin];
});

test('URLs are relative to the global origin that a program has set', () => {
  const attempts = ['/path?a', 'b', '', '//other/', 'http://absolute/', 'http:c', 'http://['];
  const makeAll = (): unknown =>
    attempts.map((url) =>
      compare(({ Request, Response }) => [
        new Request(url).url,
        Response.redirect(url).headers.get('location'),
      ]),
    );
  const before = makeAll();
  global[kGlobalOrigin] = new URL('http://origin:81/directory/page');
  assert.notDeepEqual(makeAll(), before);
});

test('a referrer of another origin than the global one is the client', () => {
  const referrers = ['/page', 'http://origin/x', 'http://other/', '', 'about:client', 'http://['];
  const makeAll = (): unknown =>
    [...referrers, 'about://client', 'about:blank'].map((referrer) =>
      compare(({ Request }) => new Request('http://h/', { referrer }).referrer),
    );
  const before = makeAll();
  global[kGlobalOrigin] = new URL('http://origin/');
  assert.notDeepEqual(makeAll(), before);
});

test('each member of an init is read once', () => {
  const read = ({ Request, Response }: Classes): Record<string, number> => {
    const counts: Record<string, number> = {};
    const members = { method: 'POST', body: 'x', headers: { a: 'b' }, signal: null, status: 201 };
    const init = new Proxy(members, {
      get(target, name: 'body') {
        counts[name] = (counts[name] ?? 0) + 1;
        return target[name];
      },
    });
    new Request('http://h/', init);
    new Response('x', init);
    return counts;
  };
  const { priority, ...counts } = read(light);
  const { priority: theirs, ...expected } = read(native);
  assert.deepEqual(counts, expected);
  assert.ok(theirs === undefined || theirs === priority);
});

test('members that the standard gives a list of values take no others', () => {
  for (const [name, values] of Object.entries({
    mode: ['websocket', 'cors', 'x'],
    priority: ['high', 'low', 'auto', 'x', null],
    method: ['query', 'Query', 'patch', '€', 'é'],
  })) {
    for (const value of values) {
      compare(({ Request }) => {
        const init = { [name]: value };
        try {
          const { method, mode } = new Request('http://h/', init);
          return [method, mode];
        } catch (error) {
          return (error as Error).name;
        }
      });
    }
  }
});

test('a request follows a signal of a polyfill, where Node’s own does', () => {
  class PolyfilledSignal extends EventTarget {
    aborted = false;
    reason: unknown = undefined;
    abort(reason: unknown): void {
      this.aborted = true;
      this.reason = reason;
      this.dispatchEvent(new Event('abort'));
    }
  }
  const follow = ({ Request }: Classes): unknown => {
    const [signal, late] = [new PolyfilledSignal(), new PolyfilledSignal()];
    const request = new Request('http://h/', { signal });
    const before = request.signal.aborted;
    signal.abort('left');
    late.abort('before');
    const { reason } = new Request('http://h/', { signal: late }).signal;
    return [before, request.signal.aborted, request.signal.reason, reason];
  };
  assert.deepEqual(follow(light), [false, true, 'left', 'before']);
  if (undiciMajor < 7) compare(follow);
});

test('what is no signal is refused with the text of Node’s', (t) => {
  if (undiciMajor < 7) return t.skip('an older undici has another text');
  for (const signal of ['text', 5, {}, new EventTarget()]) {
    compare(({ Request }) => new Request('http://h/', { signal }));
  }
});

test('getters of a class that extends Request do not change what is made of its instances', async () => {
  const make = ({ Request }: Classes): InstanceType<Classes['Request']> => {
    class Shown extends Request {
      readonly #shown = 'shown';
      override get url(): string {
        return `http://${this.#shown}/`;
      }
      override get method(): string {
        return this.#shown;
      }
      override get headers(): never {
        throw new Error(this.#shown);
      }
    }
    return new Shown('data:,sent', { body: 'x', method: 'POST', headers: { a: 'b' } });
  };
  compare((classes) => {
    const { Request } = classes;
    const [clone, made] = [make(classes).clone(), new Request(make(classes))];
    return [clone, made].map(({ url, method, headers }) => [url, method, [...headers]]);
  });
  const response = await lightFetch(make(light) as never);
  assert.equal(await response.text(), 'sent');
});

test('fetch refuses a used request as Node’s own does', async () => {
  const texts = await Promise.all(
    ([light, native] as const).map(async ({ Request }) => {
      const request = new Request('http://127.0.0.1:9/', { method: 'POST', body: 'x' });
      await request.text();
      return Promise.all(
        [undefined, { redirect: 'error' as const }].map((init) =>
          lightFetch(request as never, init).catch((error: Error) => [error.name, error.message]),
        ),
      );
    }),
  );
  assert.deepEqual(texts[0], texts[1]);
});
