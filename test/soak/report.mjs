// The soak's report: figures as text, and one page with plots that needs nothing else.
const MB = 1024 * 1024;
/** The first part of a run warms up, and says nothing of leaks. */
const WARM_UP = 0.3;

/** Sums up the samples of one process. */
export function summarise(samples) {
  const settled = samples.slice(Math.floor(samples.length * WARM_UP));
  const last = settled.at(-1);
  return {
    rssMb: last.rss / MB,
    heapMb: last.liveHeap / MB,
    rssSlope: (slope(settled, 'rss') * 3600) / MB,
    heapSlope: (slope(settled, 'liveHeap') * 3600) / MB,
    loopP99: median(settled.map((sample) => sample.loopP99)),
    loopMax: Math.max(...settled.map((sample) => sample.loopMax)),
  };
}

/** Least squares: how much a figure grows a second. */
function slope(samples, figure) {
  const mean = (of) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const time = mean((sample) => sample.time);
  const level = mean((sample) => sample[figure]);
  const covariance = mean((sample) => (sample.time - time) * (sample[figure] - level));
  return covariance / mean((sample) => (sample.time - time) ** 2);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** One line for each process. */
export function textReport(processes) {
  const head = [
    '',
    'requests',
    'errors',
    'RSS MB',
    'MB/h',
    'live heap',
    'MB/h',
    'loop p99 ms',
    'max',
  ];
  const lines = processes.map(({ name, requests, errors, summary }) => [
    name,
    requests,
    errors.length,
    summary.rssMb.toFixed(1),
    summary.rssSlope.toFixed(1),
    summary.heapMb.toFixed(1),
    summary.heapSlope.toFixed(1),
    summary.loopP99.toFixed(1),
    summary.loopMax.toFixed(1),
  ]);
  return [head, ...lines]
    .map((line) => line.map((cell) => String(cell).padStart(12)).join(''))
    .join('\n');
}

/** A page with the figures and a plot for each process. */
export function htmlReport(processes, minutes) {
  const plots = processes.map(({ name, samples }) => `<h2>${name}</h2>${plot(samples)}`);
  return `<!doctype html><meta charset="utf-8"><title>Soak</title>
<style>body{font:14px sans-serif;margin:2em}svg{width:720px;background:#f8f9fa}</style>
<h1>Soak of ${minutes} minutes, Node ${process.version}</h1>
<pre>${textReport(processes)}</pre>
<p>RSS red, heap in use blue, what a full collection leaves of it green; slopes of RSS and of the last by
least squares without the first ${WARM_UP * 100} %.</p>
${plots.join('\n')}
`;
}

function plot(samples) {
  const width = 720;
  const height = 200;
  const top = Math.max(...samples.map((sample) => sample.rss)) * 1.1;
  const end = samples.at(-1).time;
  const line = (figure, color) => {
    const points = samples.map((sample) => {
      const x = (sample.time / end) * width;
      return `${x.toFixed(1)},${(height - (sample[figure] / top) * height).toFixed(1)}`;
    });
    return `<polyline fill="none" stroke="${color}" points="${points.join(' ')}"/>`;
  };
  return `<svg viewBox="0 0 ${width} ${height}">${line('rss', '#d9480f')}${line('heapUsed', '#5c7cfa')}${line('liveHeap', '#2b8a3e')}
<text x="4" y="14">${(top / MB).toFixed(0)} MB</text><text x="${width - 60}" y="${height - 6}">${end.toFixed(0)} s</text></svg>`;
}
