import assert from 'node:assert/strict';
import { test } from 'node:test';
import { experiments, readOptions } from '../options.mjs';
import { createProgress, formatTime, planRun, roundsWithin } from '../plan.mjs';

test('a run is planned for the minutes that it may take', () => {
  const total = (/** @type {string[]} */ ...argv) =>
    Math.round(planRun(readOptions(argv)).reduce((sum, { seconds }) => sum + seconds, 0));
  assert.equal(total('--quick'), 144);
  assert.equal(total('--minutes=12'), 720);
  assert.equal(total('--minutes=3', '--only=cold-start,scaling'), 180);
});

test('rounds end when the time is used up, and never before the first', () => {
  assert.deepEqual([...roundsWithin(60, { fewest: 2, most: 3 })], [0, 1, 2]);
  assert.deepEqual([...roundsWithin(0, { fewest: 2, most: 3 })], [0]);
});

test('experiments run in one order, however they are named', () => {
  assert.deepEqual(readOptions([]).only, experiments);
  assert.deepEqual(readOptions(['--only=scaling,cold-start']).only, ['cold-start', 'scaling']);
});

test('progress says what runs and how long the run still takes, the later stages included', () => {
  /** @type {string[]} */
  const lines = [];
  const out = { isTTY: false, write: (/** @type {string} */ line) => lines.push(line) };
  const stages = [
    { name: 'first', what: '', seconds: 10 },
    { name: 'second', what: '', seconds: 100 },
  ];
  const progressOf = createProgress(stages, /** @type {any} */ (out));
  const report = progressOf('first');
  report('first, round 1');
  report('first, round 2');
  assert.deepEqual(lines, ['bench: first, round 1, about 1 min 50 s left\n']);
});

test('times are given in the unit that fits', () => {
  assert.deepEqual([12.2, 61, 135, 1700].map(formatTime), [
    '13 s',
    '1 min 1 s',
    '2 min 15 s',
    '29 min',
  ]);
});
