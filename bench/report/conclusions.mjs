// What a run shows, in sentences, and only where intervals do not overlap.
import { isDetermined } from '../stats.mjs';
import { ratioToRaw, selectMeasured } from './summary.mjs';
import { formatRatio } from './table.mjs';

/** What is compared, by experiment. @type {Record<string, { metric: string, what: string }>} */
const compared = {
  'cold-start': { metric: 'startMs', what: 'time to start' },
  'heavy-start': { metric: 'startMs', what: 'time to start' },
  'small-start': { metric: 'startMs', what: 'time to start' },
  throughput: { metric: 'cpuUs', what: 'CPU time' },
  http2: { metric: 'cpuUs', what: 'CPU time' },
};

/**
 * How barefn compares with the others in one table; undefined where its interval overlaps all.
 * @type {(result: import('./summary.mjs').Result, experiment: string, variant: string) => string | undefined}
 */
export function conclude(result, experiment, variant) {
  const { metric, what } = compared[experiment] ?? {};
  if (!metric) return undefined;
  const runtime = result.runtimes[0];
  const estimates = selectMeasured(result, experiment, variant)
    .filter((cell) => cell.runtime === runtime)
    .map((cell) => ({
      name: cell.subject,
      ratio: cell.subject === 'raw' ? exactlyOne : ratioToRaw(result, cell, metric),
    }))
    .flatMap(({ name, ratio }) => (isDetermined(ratio) ? { name, ratio } : []));
  const ours = estimates.find(({ name }) => name === 'barefn');
  if (!ours) return undefined;
  const others = estimates.filter(({ name }) => !name.startsWith('barefn'));
  const more = namesOf(others.filter(({ ratio }) => ratio.low > ours.ratio.high));
  const less = namesOf(others.filter(({ ratio }) => ratio.high < ours.ratio.low));
  const parts = [more && `less ${what} than ${more}`, less && `more than ${less}`].filter(Boolean);
  if (parts.length === 0) return undefined;
  const needs = more ? parts.join(', and ') : `more ${what} than ${less}`;
  const rest = others.filter(({ ratio }) => {
    return ratio.low <= ours.ratio.high && ratio.high >= ours.ratio.low;
  });
  const open = rest.length > 0 ? ` Its interval overlaps with that of ${namesOf(rest)}.` : '';
  return `barefn needs ${formatRatio(ours.ratio)} times what raw needs: ${needs}.${open}`;
}

const exactlyOne = { value: 1, low: 1, high: 1 };

/** @param {{ name: string }[]} subjects */
function namesOf(subjects) {
  return subjects.map(({ name }) => name).join(', ');
}
