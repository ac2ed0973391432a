import assert from 'node:assert/strict';
import { test } from 'node:test';
import { experiments, readOptions } from '../options.mjs';
import { createProgress, formatTime, planRun } from '../plan.mjs';
import { listSubjects } from '../subjects/index.mjs';

const runtimes = [{ name: 'node', command: ['node'], version: '20.0.0' }];

test('a quick run of every subject is planned for less than 3 minutes, and a full one for more', () => {
  const total = (/** @type {string[]} */ ...argv) =>
    planRun(readOptions(argv), listSubjects(), runtimes).reduce(
      (sum, { seconds }) => sum + seconds,
      0,
    );
  assert.ok(total('--quick') < 170, `${total('--quick')} s`);
  assert.ok(total() > 600, `${total()} s`);
  assert.ok(total('--only=cold-start') < total() / 5);
});

test('experiments run in one order, however they are named', () => {
  assert.deepEqual(readOptions([]).only, experiments);
  assert.deepEqual(readOptions(['--only=scaling,cold-start']).only, ['cold-start', 'scaling']);
});

test('progress tells what runs and how long remains, the later stages included', () => {
  /** @type {string[]} */
  const lines = [];
  const out = { isTTY: false, write: (/** @type {string} */ line) => lines.push(line) };
  const stages = [
    { name: 'first', what: '', seconds: 10 },
    { name: 'second', what: '', seconds: 100 },
  ];
  const progressOf = createProgress(stages, /** @type {any} */ (out));
  progressOf('first')(2, 2);
  progressOf('second')(2, 2, 'koa');
  assert.match(lines[0], /^bench: first 2\/2, 1 s left\n$/);
  assert.equal(lines[1], 'bench: second 2/2 koa, done\n');
});

test('times are told in the unit that fits', () => {
  assert.deepEqual([12.2, 61, 135, 1700].map(formatTime), [
    '13 s',
    '1 min 1 s',
    '2 min 15 s',
    '29 min',
  ]);
});
