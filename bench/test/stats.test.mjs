import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateProcessRatio, processRatios } from '../slice-stats.mjs';
import {
  createRandom,
  describe,
  estimateChange,
  estimateChangeOfFew,
  estimateGeometricMean,
  estimateMedian,
  estimatePairedRatio,
  estimateSlope,
  isDetermined,
  pairRatios,
  shuffle,
} from '../stats.mjs';

/**
 * How many intervals hold the truth.
 * @type {(trials: number, truth: number, estimate: () => import('../stats.mjs').Estimate) => number}
 */
function countHeld(trials, truth, estimate) {
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { value, low, high } = estimate();
    assert.ok(low <= value && value <= high);
    if (low <= truth && high >= truth) held++;
  }
  return held;
}

test('percentiles of 1…100 are where they should be', () => {
  const figures = describe(Array.from({ length: 100 }, (_, index) => 100 - index));
  assert.deepEqual([figures.min, figures.median, figures.max], [1, 50.5, 100]);
  assert.ok(Math.abs(figures.p95 - 95) <= 1 && Math.abs(figures.p99 - 99) <= 1);
});

test('a 95 % interval of the median holds the true median about 95 times in 100', () => {
  const random = createRandom(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const estimate = () => estimateMedian(Array.from({ length: 30 }, () => 10 + normal()));
  const held = countHeld(200, 10, estimate);
  assert.ok(held >= 178 && held <= 199, `${held} of 200`);
});

for (const processes of [2, 4, 8]) {
  test(`the interval of ${processes} processes holds the true figure at least 95 times in 100`, () => {
    const random = createRandom(processes);
    const figure = () => 12 * Math.exp((random() + random() + random() - 1.5) / 10);
    const estimate = () => estimateGeometricMean(Array.from({ length: processes }, figure));
    const held = countHeld(400, 12, estimate);
    assert.ok(held >= 370, `${held} of 400`);
  });
}

test('a figure is determined where the ends of its interval are close', () => {
  assert.equal(isDetermined({ value: 1, low: 0.9, high: 1.16 }), true);
  assert.equal(isDetermined({ value: 1, low: 0.9, high: 1.18 }), false);
  assert.equal(isDetermined({ value: 0, low: 0, high: 0 }), true);
  assert.equal(isDetermined(estimateGeometricMean([5])), false);
  assert.equal(isDetermined(undefined), false);
});

test('fewer than six values have their range as the interval', () => {
  assert.deepEqual(estimateMedian([3, 1, 2]), { value: 2, low: 1, high: 3 });
  assert.equal(isDetermined(estimateMedian([3])), false);
});

for (const rounds of [2, 3, 5]) {
  test(`the interval of ${rounds} ratios holds the true one at least 95 times in 100`, () => {
    const random = createRandom(rounds);
    const ratio = () => Math.exp((random() + random() + random() - 1.5) / 10);
    const estimate = () => estimatePairedRatio(Array.from({ length: rounds }, ratio));
    const held = countHeld(400, 1, estimate);
    assert.ok(held >= 370, `${held} of 400`);
  });
}

test('ratios pair the samples of the same round and leave out the others', () => {
  const cell = (/** @type {[number, number][]} */ samples) => ({
    experiment: '',
    subject: '',
    runtime: '',
    variant: '',
    samples: samples.map(([round, ms]) => ({ round, ms })),
  });
  assert.deepEqual(
    pairRatios(
      cell([
        [0, 4],
        [2, 9],
        [3, 5],
      ]),
      cell([
        [2, 3],
        [0, 2],
        [1, 1],
      ]),
      'ms',
    ),
    [2, 3],
  );
});

test('a change is seen when it is there, and not when it is noise', () => {
  const random = createRandom(1);
  const around = (/** @type {number} */ centre) =>
    Array.from({ length: 30 }, () => centre * (1 + (random() - 0.5) / 5));
  assert.ok(estimateChange(around(1), around(1.3)).low > 1.1);
  const { low, high } = estimateChange(around(1), around(1));
  assert.ok(low < 1 && high > 1);
});

test('the same seed repeats an estimate, and a shuffle keeps every item', () => {
  const values = Array.from({ length: 20 }, (_, index) => index ** 2);
  assert.deepEqual(estimateMedian(values), estimateMedian(values));
  assert.deepEqual(
    shuffle(values, Math.random).sort((a, b) => a - b),
    values,
  );
});

test('the ratio of processes holds where half of the slices are disturbed', () => {
  const random = createRandom(3);
  const cell = (/** @type {number} */ cost) => ({
    ...{ experiment: '', subject: '', runtime: '', variant: '' },
    samples: Array.from({ length: 60 }, (_, round) => {
      const noise = random() < 0.5 ? 1 + 3 * random() : 1 + random() / 50;
      return { round, process: Math.floor(round / 10), cpuUs: cost * noise };
    }),
  });
  const held = countHeld(200, 1.2, () => {
    return estimateGeometricMean(processRatios(cell(12), cell(10), 'cpuUs'));
  });
  assert.ok(held >= 180, `${held} of 200`);
});

test('of the ratios of a noisy run, those narrow enough to be shown hold the truth as well', () => {
  const random = createRandom(11);
  const cell = (/** @type {number} */ cost) => ({
    ...{ experiment: '', subject: '', runtime: '', variant: '' },
    samples: Array.from({ length: 24 }, (_, round) => {
      return { round, process: Math.floor(round / 8), cpuUs: cost * (1 + 0.7 * random() ** 2) };
    }),
  });
  const shown = Array.from({ length: 1000 }, () =>
    estimateProcessRatio(cell(12), cell(10), 'cpuUs'),
  )
    .filter((estimate) => isDetermined(estimate))
    .filter((estimate) => estimate !== undefined);
  const held = shown.filter(({ low, high }) => low <= 1.2 && high >= 1.2);
  assert.ok(shown.length > 30, `${shown.length} are shown`);
  assert.ok(held.length >= shown.length * 0.95, `${held.length} of ${shown.length}`);
});

test('a change of a few ratios is none where their spread explains it', () => {
  const few = estimateChangeOfFew([1, 1.01, 0.99], [1.04, 1.06, 1.05], 0);
  assert.ok(few.low < 1.05 && few.high > 1.05);
  assert.ok(estimateChangeOfFew([1, 1.01, 0.99], [1.3, 1.32, 1.28], 0.01).low > 1.15);
  assert.ok(estimateChangeOfFew([1, 1.01, 0.99], [1.3, 1.32, 1.28], 0.15).low < 1);
});

test('a slope is that of the line through all points, with the interval of the rounds', () => {
  const round = (/** @type {number} */ cost) =>
    [1, 10, 100].map((at) => /** @type {[number, number]} */ ([at, 7 + cost * at]));
  // Student's t of 3 values is 4.303, their standard deviation 0.1.
  const margin = (4.303 * 0.1) / Math.sqrt(3);
  const { value, low, high } = estimateSlope([round(2), round(2.1), round(1.9)]);
  for (const [actual, expected] of [
    [value, 2],
    [low, 2 - margin],
    [high, 2 + margin],
  ])
    assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}`);
  assert.equal(estimateSlope([round(2)]).high, Infinity);
  const many = estimateSlope([2, 2.1, 1.9, 2, 2.05, 1.95].map(round));
  assert.ok(many.low >= 1.9 && many.high <= 2.1);
});
