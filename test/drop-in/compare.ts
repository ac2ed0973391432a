import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { groups } from './cases/index';
import { Comparison, type DifferenceOnPurpose, format } from './comparison';
import { type GoogleVersion, install } from './installation';

// DROP_IN_SELF_CHECK=1 compares Google's package with itself: the cases have to be deterministic.
// DROP_IN_REPORT=FILE writes every difference that nothing explains. DROP_IN_ONLY=TEXT picks groups.
const selfCheck = process.env['DROP_IN_SELF_CHECK'] !== undefined;
const only = process.env['DROP_IN_ONLY'] ?? '';
const report = process.env['DROP_IN_REPORT'];

/** Compares what programs and their clients see of barefn and of a version of Google's package. */
export function compareWith(version: GoogleVersion, differences: DifferenceOnPurpose[]): void {
  const { theirs, ours, remove } = install(version, selfCheck);
  const comparison = new Comparison(theirs, ours, selfCheck ? [] : differences);

  after(async () => {
    if (report) writeFileSync(report, `${format(comparison.unexplained)}\n`);
    console.log(comparison.summary());
    await remove();
  });

  for (const { name, cases } of groups.filter((group) => group.name.includes(only))) {
    test(`${name}: programs and clients see the same as with Google's package ${version}`, async () => {
      const unexplained = [];
      for (const one of cases) unexplained.push(...(await comparison.run(name, one)));
      assert.ok(unexplained.length === 0, `Differences without a reason:\n${format(unexplained)}`);
    });
  }

  test('every difference on purpose is still there', { skip: selfCheck || only !== '' }, () => {
    assert.deepEqual(comparison.vanished(), []);
  });
}
