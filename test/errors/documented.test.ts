import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** Each row of the table in README.md, by how it begins, and the test that proves it. */
const PROOFS: Record<string, string> = {
  'throws or rejects, whatever': 'may be any value',
  'throws from a timer': 'is answered with 500: ',
  'throws after the first byte': 'cuts a response that has begun',
  'throws after its response': 'is only logged once the response has ended',
  'throws an `HttpError`': 'an HttpError is the answer of an HTTP function',
  'throws another error with `status`': 'is 500 even where it names another status',
  'never answers': 'is answered with 504, and a line is logged',
  'blocks the event loop': 'blocks the event loop makes all wait',
  'calls `process.exit(n)`': 'by process.exit()',
  'is killed, aborts, fills the heap': 'by a signal that cannot be caught',
  'throws or rejects outside any request':
    'exits with 16 also when it happens while SIGTERM drains',
};

test('every row of the table of errors has its test', () => {
  const readme = readFileSync(path.join(__dirname, 'README.md'), 'utf8');
  const section = readme.split('# When a function fails')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| ([^|]+) \|/gm)]
    .map((match) => match[1] as string)
    .slice(1);
  const proofs = Object.keys(PROOFS);
  assert.equal(rows.length, proofs.length);
  for (const row of rows)
    assert.ok(
      proofs.some((begin) => row.startsWith(begin)),
      row,
    );
  const tests = readdirSync(__dirname)
    .filter((file) => file !== path.basename(__filename))
    .map((file) => readFileSync(path.join(__dirname, file), 'utf8'))
    .join('');
  for (const title of Object.values(PROOFS)) assert.ok(tests.includes(title), title);
});
