// What grows: starts with functions and files, memory with idle connections, cost with connections
// and bodies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureGrowth, measureIdleConnections } from '../growth.mjs';
import { describeSlope, growths } from '../report/slopes.mjs';
import { measureScaling } from '../scaling.mjs';
import { listSubjects } from '../subjects/index.mjs';
import { createBench, faulty } from './fixtures.mjs';
import { sampleResult } from './sample-result.mjs';

test('a start costs more with a thousand files, and a connection takes memory', async () => {
  const sizes = { growthSizes: [1, 1000], idleConnections: [100, 1500], samples: 2 };
  const bench = createBench(listSubjects([]), sizes);
  await measureGrowth({ ...bench, seconds: 20 }); // at least one round of each
  const figure = (/** @type {string} */ variant, /** @type {string} */ metric) => {
    const cell = bench.recorder.cells.find((other) => other.variant === variant);
    assert.equal(cell?.failure, undefined);
    return Math.min(...(cell?.samples ?? []).map((sample) => sample[metric]));
  };
  assert.ok(figure('files 1000', 'cpuMs') > figure('files 1', 'cpuMs') + 10);
  assert.ok(figure('functions 1', 'cpuMs') > 1 && figure('functions 1000', 'cpuMs') > 1);
  const perConnection = (figure('1500', 'rssMb') - figure('100', 'rssMb')) / 1400;
  assert.ok(perConnection > 0.002 && perConnection < 0.2, `${perConnection} MB`);
});

for (const [fault, reason] of Object.entries({
  exit: /died: exit code 3/,
  closes: /ends idle connections before 300 are open|the connection was closed|within 2 s/,
  'wrong-body-later': /with a wrong body/,
  'hangs-later': /not at all within 2 s/,
})) {
  test(`idle connections notice the fault "${fault}"`, async () => {
    const bench = createBench([faulty(fault)]);
    const longestMs = /closes|hangs/.test(fault) ? 2000 : 60_000;
    await measureIdleConnections(bench, [300], longestMs);
    const [{ failure, samples }] = bench.recorder.cells;
    assert.match(failure ?? '', reason);
    assert.deepEqual(samples, []);
  });
}

test('a body that is refused is reported as that, and the others are measured', async () => {
  const limited = {
    bodySizes: [1024, 100 * 2 ** 20],
    concurrencies: [1],
    scalingSubjects: ['fastify'],
  };
  const bench = createBench(listSubjects(['fastify']), limited);
  const fastify = bench.subjects.filter(({ name }) => name === 'fastify');
  await measureScaling({ ...bench, subjects: fastify });
  const failures = bench.recorder.cells.filter(({ failure }) => failure !== undefined);
  assert.deepEqual(
    failures.map(({ variant }) => variant),
    [`echo ${100 * 2 ** 20}`, `upload ${100 * 2 ** 20}`],
  );
  for (const { failure } of failures) assert.match(failure ?? '', /413|EPIPE|ECONNRESET/);
  const measured = bench.recorder.cells.filter(({ samples }) => samples.length > 0);
  assert.deepEqual(
    measured.map(({ variant }) => variant),
    ['1', 'echo 1024', 'upload 1024'],
  );
});

test('a slope is told in its unit, near zero too, and not where rounds disagree', () => {
  const slopeOf = (/** @type {(at: number, round: number) => number} */ cost) => {
    const cells = [1, 100, 1000].map((at) => ({
      ...{ experiment: 'start-growth', subject: 'raw', runtime: 'node-20.0.0' },
      variant: `files ${at}`,
      samples: Array.from({ length: 8 }, (_, round) => ({ round, cpuMs: cost(at, round) })),
    }));
    return describeSlope({ ...sampleResult(), cells }, growths.files, 'raw');
  };
  assert.equal(
    slopeOf((at) => 30 + 0.06 * at),
    '6.00 [6.00, 6.00]',
  );
  assert.match(
    slopeOf((at, round) => 30 + (round - 3.5) * 0.0005 * at) ?? '',
    /^-?0\.0\d \[-0\.1\d, 0\.1\d\]$/,
  );
  assert.equal(
    slopeOf((at, round) => 30 + (round - 3.5) * 0.02 * at),
    'not determined',
  );
});

test('one point of a curve that was measured beside much other work hides the slope of a time', () => {
  const result = sampleResult();
  const told = () =>
    Object.values(growths).flatMap((growth) => {
      return describeSlope(result, growth, 'raw') === 'not determined' ? [] : [growth.metric];
    });
  const all = Object.values(growths).map(({ metric }) => metric);
  assert.deepEqual(told(), all);
  const isFirst = (/** @type {string} */ variant) => /(?:^| )(?:1|100|1024)$/.test(variant);
  for (const cell of result.cells) {
    if (isFirst(cell.variant)) cell.otherWork = 0.5;
  }
  assert.deepEqual(told(), ['rssMb']);
});
