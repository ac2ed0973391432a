import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { exportedValues, makeReport, reportFile } from './api-report';

test('the public surface is the one that was written down', () => {
  assert.equal(
    makeReport(),
    readFileSync(reportFile, 'utf8'),
    'The public surface changed. If that is on purpose: npm run api, and commit the report.',
  );
});

for (const [entry, name, documentation] of exportedValues()) {
  test(`${name} of ${entry} says what it does, with an example`, () => {
    assert.match(documentation, /^\/\*\*\s[^@]{20,}/);
    assert.match(documentation, /@example\s+\* \S/);
  });
}
