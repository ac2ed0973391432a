import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type * as Codec from '../../src/cloudevents';
import type * as Main from '../../src/index';
import type * as Testing from '../../src/testing';

const root = path.resolve(__dirname, '../..');
const main = require(path.join(root, 'dist/index.js')) as typeof Main;
const codec = require(path.join(root, 'dist/cloudevents.js')) as typeof Codec;

describe('an error passes instanceof of every copy of its class', () => {
  test('an HttpError of the main entry is one of barefn/cloudevents, and a BarefnError', () => {
    assert.notEqual(main.HttpError, codec.HttpError);
    const error = new main.HttpError(404, 'NOT_FOUND', 'It is not here.');
    assert.ok(error instanceof codec.HttpError);
    assert.ok(error instanceof codec.BarefnError);
    assert.ok(error instanceof Error);
  });

  test('an error that the codec throws is an HttpError of the main entry', () => {
    assert.throws(() => codec.decode([], ''), main.HttpError);
    try {
      codec.encode({} as never);
      assert.fail();
    } catch (error) {
      assert.ok(error instanceof codec.BarefnError);
      assert.ok(!(error instanceof main.HttpError), 'its subclass');
    }
  });

  test('an error that the server refuses an option with is a BarefnError of the codec', () => {
    const { getTestServer } = require(path.join(root, 'dist/testing.js')) as typeof Testing;
    assert.throws(() => getTestServer(() => {}, { timeout: -1 }), codec.BarefnError);
  });

  test('a NonRetryableError of a second copy', () => {
    const file = path.join(root, 'dist/index.js');
    const loaded = require.cache[file];
    delete require.cache[file];
    const second = require(file) as typeof Main;
    require.cache[file] = loaded;
    assert.notEqual(second.NonRetryableError, main.NonRetryableError);
    const error = new second.NonRetryableError('Never.');
    assert.ok(error instanceof main.NonRetryableError);
    assert.ok(!(error instanceof main.HttpError));
    assert.ok(!(error instanceof codec.BarefnError));
  });

  test('a class that extends one of them is an HttpError of both, and takes its own instances only', () => {
    class Teapot extends codec.HttpError {}
    const teapot = new Teapot(418, 'TEAPOT', 'Short and stout.');
    assert.ok(teapot instanceof Teapot);
    assert.ok(teapot instanceof main.HttpError);
    assert.ok(!(new main.HttpError(418, 'TEAPOT', 'Short.') instanceof Teapot));
  });

  test('nothing else does, whatever it is', () => {
    const trap = () => assert.fail('read');
    const proxy = new Proxy({}, { get: trap, getPrototypeOf: trap });
    for (const value of [undefined, null, 1, 'text', {}, new Error('x'), proxy]) {
      assert.ok(!(value instanceof main.HttpError));
      assert.ok(!(value instanceof main.NonRetryableError));
    }
  });
});

test('no brand of an error shows where it is logged', () => {
  const { inspect } = require('node:util') as typeof import('node:util');
  assert.doesNotMatch(inspect(new main.HttpError(404, 'NOT_FOUND', 'No.')), /Symbol\(/);
});

describe('ErrorCode', () => {
  const source = readFileSync(path.join(root, 'src/core/errors.ts'), 'utf8');
  const union = /type ErrorCode =([^;]*);/.exec(source)?.[1] ?? '';
  const codes = Array.from(union.matchAll(/'(\w+)'/g), ([, code]) => code).sort();

  test('names every code that is used in src, and no other', () => {
    const used = new Set<string | undefined>();
    for (const file of readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(path.join(root, 'src', file), 'utf8').replace(/^ *\*.*$/gm, '');
      const constructors = /new (?:BarefnError\(|HttpError\(\s*\w+,)\s*'(\w+)'/g;
      for (const [, code] of text.matchAll(constructors)) used.add(code);
    }
    assert.deepEqual([...used].sort(), codes);
  });

  test('src/README.md says for each what to do', () => {
    const table = readFileSync(path.join(root, 'src/README.md'), 'utf8');
    const cells = Array.from(table.matchAll(/^\| (`[A-Z_]+`[^|]*)/gm), ([, cell = '']) => cell);
    const rows = cells.flatMap((cell) => Array.from(cell.matchAll(/\w+/g), ([code]) => code));
    assert.deepEqual(rows.sort(), codes);
  });
});
