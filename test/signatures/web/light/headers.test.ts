import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { LightHeaders } from '../../../../src/signatures/web/light/headers';
import { LightRequest } from '../../../../src/signatures/web/light/request';
import { LightResponse } from '../../../../src/signatures/web/light/response';
import { serveProgram } from '../../../support/program';

type Class = typeof LightHeaders;
const classes: Class[] = [LightHeaders, Headers as never];

/** Does the same with both classes. */
function compare(run: (headersClass: Class) => unknown): void {
  const [ours, theirs] = classes.map(run);
  assert.deepEqual(ours, theirs);
}

/** What a call threw: its class, text and code. */
function thrownBy(call: () => unknown): unknown {
  try {
    return ['no error', call()];
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    return [name, message, code];
  }
}

test('a copy of the own properties of headers is empty', () => {
  compare((Headers) => {
    const headers = new Headers({ a: 'b' });
    const copy = { ...headers, 'x-a': '1' };
    return [Reflect.ownKeys(headers), copy, [...new Headers(copy)]];
  });
});

test('fetch takes headers that a program spread into an object', async (t) => {
  const server = http.createServer((req, res) => res.end(String(req.headers['x-a'])));
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const program = await serveProgram(`
    exports.program = {
      fetch: (request) =>
        fetch('http://127.0.0.1:${port}', { headers: { ...request.headers, 'x-a': 'sent' } }),
    };
  `);
  t.after(() => program.kill());
  const answer = await fetch(program.url);
  assert.deepEqual([answer.status, await answer.text()], [200, 'sent']);
});

test('frozen headers can change', () => {
  compare((Headers) => {
    const headers = Object.freeze(new Headers({ a: 'b' }));
    headers.append('set-cookie', 'c');
    headers.delete('a');
    return [...headers];
  });
});

test('headers with an iterator of their own are read with it', () => {
  compare((Headers) => {
    const headers = new Headers({ a: 'b' });
    Object.defineProperty(headers, Symbol.iterator, {
      *value() {
        yield ['c', 'd'];
      },
    });
    return [...new Headers(headers)];
  });
});

test('the iterator and each member of an init are read once, and nothing else', () => {
  compare((Headers) => {
    const steps: unknown[] = [];
    const noting = new Proxy(Reflect, {
      get: (_reflect, trap: 'get') => (target: object, name?: string) => {
        steps.push([trap, name]);
        return Reflect[trap](target, name as string);
      },
    });
    return [[...new Headers(new Proxy({ a: 'b', c: 'd' }, noting as object))], steps];
  });
});

test('a class that extends Headers changes only what it overrides', () => {
  compare((Headers) => {
    class Noted extends Headers {
      readonly noted: string[] = [];
      override get(name: string): string | null {
        return super.get(name) ?? 'none';
      }
      override append(name: string, value: string): void {
        this.noted.push(name);
        super.append(name, value);
      }
    }
    const headers = new Noted({ a: 'b' });
    headers.append('c', 'd');
    return [headers.get('x'), headers.has('x'), headers.noted, [...new Headers(headers)]];
  });
});

test('console.log shows all values of Set-Cookie', () => {
  const fields = [
    ['x-b', '1'],
    ['a', '2'],
    ['set-cookie', 'c'],
    ['set-cookie', 'd'],
  ];
  compare((Headers) => inspect(new Headers(fields as [string, string][])));
});

test('errors of headers have the texts and codes of Node’s', () => {
  const methods = ['append', 'delete', 'get', 'getSetCookie', 'has', 'set', 'forEach'];
  for (const method of methods as 'append'[]) {
    compare((Headers) => [
      thrownBy(() => Headers.prototype[method].call({} as LightHeaders, 'a', 'b')),
      thrownBy(() => Headers.prototype[method].call(new Proxy(new Headers(), {}), 'a', 'b')) !==
        null,
      thrownBy(() => (new Headers()[method] as () => void)()),
    ]);
  }
  for (const [name, value] of [
    ['a b', 'c'],
    ['', 'c'],
    ['€', 'c'],
    ['a', 'b\nc'],
    ['a', '€'],
  ] as const) {
    compare((Headers) => [
      thrownBy(() => new Headers([[name, value]])),
      thrownBy(() => new Headers().append(name, value)),
      thrownBy(() => new Headers().set(name, value)),
    ]);
  }
  compare((Headers) => thrownBy(() => new Headers('text' as never)));
  compare((Headers) => thrownBy(() => new Headers([['a', 'b', 'c'] as never])));
});

test('a Headers of a Response or a Request is that of its init, copied', () => {
  const headers = new LightHeaders({ a: 'b' });
  const made = [new LightResponse('', { headers }), new LightRequest('http://h/', { headers })];
  for (const { headers: copy } of made) copy.set('a', 'c');
  assert.equal(headers.get('a'), 'b');
});
