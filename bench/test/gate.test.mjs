import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLimits, compareInstructions, usual } from '../gate.mjs';
import { createRandom } from '../stats.mjs';

test('the gate fails on a regression of a quarter, a failure, or nothing measured', async () => {
  assert.equal((await checkLimits(usualCells())).passed, true);
  assert.equal((await checkLimits(usualCells({ slowdown: 1.05 }))).passed, true);
  const { passed, text } = await checkLimits(usualCells({ slowdown: 1.25 }));
  assert.equal(passed, false);
  assert.equal(text.match(/FAILED/g)?.length, usual.length);
  assert.equal((await checkLimits([])).passed, false);
  const broken = usualCells();
  Object.assign(broken[0], { samples: [], failure: 'died: exit code 7' });
  assert.match((await checkLimits(broken)).text, /FAILED raw .*died: exit code 7/);
});

test('the gate says when the machine is too noisy, and passes', async () => {
  const { passed, text } = await checkLimits(usualCells({ slowdown: 1.3, noise: 4 }));
  assert.equal(passed, true);
  assert.match(text, /^noisy /m);
});

/** What the gate would measure of raw and of barefn, with spikes up to `noise` times as high. */
function usualCells({ slowdown = 1, noise = 1 } = {}) {
  const random = createRandom(7);
  const spike = () => (random() < 0.6 ? 1 + (noise - 1) * random() : 1) * (1 + random() / 25);
  const kinds = usual.filter(({ metric }) => metric !== 'peakRssMb');
  return kinds.flatMap(({ experiment, variant }) =>
    ['raw', 'barefn'].map((subject) => ({
      ...{ experiment, variant, subject, runtime: 'node' },
      samples: Array.from({ length: 20 }, (_, round) => {
        const same = usual.filter(
          (row) => row.experiment === experiment && row.variant === variant,
        );
        const figures = same.map(({ metric, ratio }) => {
          const cost = subject === 'raw' ? 20 : 20 * ratio * slowdown;
          return [metric, cost * spike()];
        });
        const process = experiment === 'throughput' ? { process: Math.floor(round / 5) } : {};
        return { round, ...process, ...Object.fromEntries(figures) };
      }),
    })),
  );
}

test('the gate fails on 6 % more instructions', () => {
  const usual = 1.4;
  assert.match(compareInstructions(1.4, usual), /^ok /);
  assert.match(compareInstructions(1.4 * 1.06, usual), /^FAILED /);
});
