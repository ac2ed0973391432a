/** A worker that ends sooner than this after its start has not run well. */
const RAN_WELL_MS = 30_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** With so many bad runs in a row of every worker, another start is not worth a try. */
const MOST_BAD_RUNS = 5;

/** When the processes that are one worker, one after another, are to start. */
export class Restarts {
  private badRuns = 0;

  /** Whether they have ended too soon, too often. */
  get areHopeless(): boolean {
    return this.badRuns >= MOST_BAD_RUNS;
  }

  /**
   * Counts the end of a process. Gives the milliseconds to wait before the next start, which double with
   * each bad run in a row.
   *
   * @param age how long it has run, in milliseconds
   */
  pauseAfter(age: number): number {
    this.badRuns = age < RAN_WELL_MS ? this.badRuns + 1 : 0;
    return Math.min(FIRST_PAUSE_MS * 2 ** Math.max(this.badRuns - 1, 0), LONGEST_PAUSE_MS);
  }
}

/** What the log says when there is no hope left. */
export const HOPELESS = `Every worker has ended ${MOST_BAD_RUNS} times within ${RAN_WELL_MS / 1000} s of its start: giving up.`;
