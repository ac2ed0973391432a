import hdr from 'hdr-histogram-js';

/** Latencies in microseconds, to three digits, up to a minute. */
export function createHistogram() {
  return hdr.build({ highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });
}

/** @param {hdr.Histogram} histogram */
export function percentiles(histogram) {
  const at = (/** @type {number} */ percent) => histogram.getValueAtPercentile(percent) / 1000;
  return { p50Ms: at(50), p90Ms: at(90), p99Ms: at(99) };
}
