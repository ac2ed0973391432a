/**
 * One measurement of one subject, in one round. `round` pairs it with the baseline's.
 * @typedef {{ round: number } & Record<string, number>} Sample
 *
 * @typedef {object} CellKey
 * @property {string} experiment `cold-start`, `heavy-start`, `throughput`, `fixed-rate`, …
 * @property {string} subject
 * @property {string} runtime
 * @property {string} variant What was varied: the workload, the concurrency, the body size, …
 *
 * @typedef {CellKey & { samples: Sample[], failure?: string, otherWork?: number }} Cell
 *   With the share of the machine's CPU time that other programs took meanwhile.
 *
 * @typedef {object} Recorder
 * @property {Cell[]} cells
 * @property {(key: CellKey, sample: Sample) => void} record
 * @property {(key: CellKey, reason: string) => void} fail Drops the cell's samples for good.
 * @property {(key: CellKey) => boolean} hasFailed
 */

/**
 * Collects samples by cell. A cell that failed keeps the reason and no samples.
 * @param {Cell[]} [cells] Where they are kept.
 * @returns {Recorder}
 */
export function createRecorder(cells = []) {
  /** @type {Map<string, Cell>} */
  const byKey = new Map();
  return { cells, record, fail, hasFailed: (key) => cellOf(key).failure !== undefined };

  /** @type {Recorder['record']} */
  function record(key, sample) {
    const cell = cellOf(key);
    if (cell.failure === undefined) cell.samples.push(sample);
  }

  /** @type {Recorder['fail']} */
  function fail(key, reason) {
    const cell = cellOf(key);
    cell.failure ??= reason;
    cell.samples = [];
  }

  /** @param {CellKey} key */
  function cellOf(key) {
    const id = cellId(key);
    let cell = byKey.get(id);
    if (!cell) {
      const { experiment, subject, runtime, variant } = key;
      cell = { experiment, subject, runtime, variant, samples: [] };
      byKey.set(id, cell);
      cells.push(cell);
    }
    return cell;
  }
}

/**
 * The cell's identity as text, the same from run to run.
 * @param {CellKey} key
 */
export function cellId({ experiment, subject, runtime, variant }) {
  return [experiment, runtime, variant, subject].join(' | ');
}
