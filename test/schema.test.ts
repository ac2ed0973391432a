import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeIssues, type SchemaIssue } from '../src/core/standard-schema';

test('paths are written as in JavaScript, each issue on one line', () => {
  const issues: SchemaIssue[] = [
    { message: 'm', path: ['a', 0, 'b c', { key: '__proto__' }, { key: Symbol('s') }] },
    { message: 'two\r\nlines', path: [] },
    { message: 'm', path: ['x\ny'] },
  ];
  assert.deepEqual(describeIssues(issues, 'data').split('\n'), [
    'data.a[0]["b c"].__proto__[Symbol(s)]: m',
    'data: two lines',
    'data["x\\ny"]: m',
  ]);
});

test('what the sender makes long is cut: issues, paths and messages', () => {
  const issue: SchemaIssue = {
    message: 'x'.repeat(10_000),
    path: Array.from({ length: 10_000 }, () => 'key'),
  };
  const text = describeIssues(
    Array.from({ length: 10_000 }, () => issue),
    '',
  );
  const lines = text.split('\n');
  assert.equal(lines.length, 51);
  assert.equal(lines[50], '… and 9950 more');
  assert.ok(text.length < 30_000);
});
