import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everyPair } from '../cold-start.mjs';
import { experiments, readOptions } from '../options.mjs';
import { createProgress, divideRest, formatTime, planRun, roundsWithin } from '../plan.mjs';
import { groupPairs } from '../slices.mjs';
import { listSubjects, ownServerOf } from '../subjects/index.mjs';
import { createBench } from './fixtures.mjs';

test('a run is planned for the minutes that it may take', () => {
  const total = (/** @type {string[]} */ ...argv) =>
    Math.round(planRun(readOptions(argv)).reduce((sum, { seconds }) => sum + seconds, 0));
  assert.equal(total('--quick'), 132);
  assert.equal(total(), 2400);
  assert.equal(total('--runtime=node@24,node@20'), 2580);
  assert.equal(total('--minutes=12'), 720);
  assert.equal(total('--minutes=3', '--only=cold-start,scaling'), 180);
});

test('rounds end when the time is used up, and never before the first', () => {
  assert.deepEqual([...roundsWithin(60, { fewest: 2, most: 3 })], [0, 1, 2]);
  assert.deepEqual([...roundsWithin(0, { fewest: 2, most: 3 })], [0]);
});

test('a round that is needed begins even where only a part of it fits', (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const rounds = (/** @type {boolean} */ mayBeCut) => {
    const begun = [];
    for (const round of roundsWithin(100, { fewest: 3, most: 9, mayBeCut })) {
      begun.push(round);
      now += 45_000;
    }
    return begun.length;
  };
  assert.equal(rounds(true), 3);
  assert.equal(rounds(false), 2);
});

test('what one stage takes beyond its time, the others make up for, as far as half of theirs', () => {
  const stages = [60, 120].map((seconds) => ({ name: '', what: '', seconds }));
  divideRest(stages, 150);
  assert.deepEqual([stages[0].seconds, stages[1].seconds], [50, 100]);
  divideRest(stages, 10);
  assert.deepEqual([stages[0].seconds, stages[1].seconds], [25, 50]);
});

test('experiments run in one order, however they are named', () => {
  assert.deepEqual(readOptions([]).only, experiments);
  assert.deepEqual(readOptions(['--only=scaling,cold-start']).only, ['cold-start', 'scaling']);
});

/** @param {string[]} argv */
function benchOnTwo(...argv) {
  const options = readOptions(argv);
  const bench = createBench(listSubjects(options.subjects), options);
  const runtimes = ['first', 'second'].map((name) => ({ name, command: [], version: '1' }));
  return { ...bench, runtimes };
}

test('the subjects that are named run on every runtime, and otherwise a few of all', () => {
  const onSecond = (/** @type {string[]} */ ...argv) =>
    everyPair(benchOnTwo(...argv))
      .filter(({ runtime }) => runtime.name === 'second')
      .map(({ subject }) => subject.name)
      .sort();
  assert.deepEqual(onSecond('--subjects=koa,polka'), ['koa', 'polka', 'raw']);
  assert.deepEqual(onSecond(), [
    'barefn',
    'barefn-fetch',
    'barefn-hono',
    'functions-framework',
    'hono',
    'raw',
  ]);
});

test('a subject with a runtime of its own runs where it is named, once', () => {
  const pairsOfWorkerd = (/** @type {string[]} */ ...argv) =>
    everyPair(benchOnTwo(...argv))
      .filter(({ subject }) => subject.name === 'workerd')
      .map(({ runtime }) => runtime.name);
  assert.deepEqual(pairsOfWorkerd(), []);
  assert.deepEqual(pairsOfWorkerd('--subjects=workerd,koa'), ['first']);
});

test('an application runs on barefn beside its own server, and raw beside all', () => {
  const groups = groupPairs(benchOnTwo()).map((group) => group.map(({ subject }) => subject.name));
  assert.ok(groups.length > 4);
  for (const group of groups) {
    assert.equal(group[0], 'raw');
    assert.ok(group.length <= 7, group.join());
    for (const name of ['barefn-hono', 'barefn-h3']) {
      if (group.includes(name)) assert.ok(group.includes(ownServerOf(name) ?? ''), group.join());
    }
  }
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
