import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registration, registrations, shutdownHooks } from '../src/core/registry';
import { http, onShutdown, typed } from '../src/index';

test('the last registration of a name wins', () => {
  http('twice', () => 1);
  const last = (): number => 2;
  http('twice', last);
  assert.equal(registration('twice')?.handler, last);
  assert.equal([...registrations()].filter((entry) => entry.name === 'twice').length, 1);
});

test('a name that is no function name is refused', () => {
  for (const name of ['', '1a', 'a-', 'a.b', 'a\n', 'a'.repeat(64)]) {
    assert.throws(() => http(name, () => {}), { code: 'INVALID_FUNCTION_NAME' });
  }
  http('a'.repeat(63), () => {});
  http('A', () => {});
  assert.equal(registration('__proto__'), undefined);
});

test('a typed function keeps its validators', () => {
  const options = {};
  typed('checked', options, (input) => input);
  assert.equal(registration('checked')?.options, options);
  assert.equal(registration('checked')?.type, 'typed');
});

test('another copy of the module sees the same state through the global symbol', () => {
  const hook = (): void => {};
  onShutdown(hook);
  const shared = (globalThis as unknown as Record<symbol, { shutdownHooks: unknown[] }>)[
    Symbol.for('barefn.registry')
  ];
  assert.deepEqual(shared?.shutdownHooks, [hook]);
  assert.deepEqual(shutdownHooks(), [hook]);
});
