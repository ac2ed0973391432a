/** What a subject did wrong: it answered wrongly, did not start, or died. Never a number. */
export class SubjectFailure extends Error {}

/**
 * Runs one measurement; a subject's misbehaviour is recorded as such, anything else is thrown.
 * @param {import('./recorder.mjs').Recorder} recorder
 * @param {import('./recorder.mjs').CellKey} key
 * @param {() => Promise<import('./recorder.mjs').Sample | undefined>} measure Undefined is not counted.
 */
export async function recordOrFail(recorder, key, measure) {
  if (recorder.hasFailed(key)) return;
  try {
    const sample = await measure();
    if (sample) recorder.record(key, sample);
  } catch (error) {
    if (!(error instanceof SubjectFailure)) throw error;
    recorder.fail(key, error.message);
  }
}
