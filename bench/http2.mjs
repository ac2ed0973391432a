// The cost of a request over HTTP/2 without TLS, as Cloud Run sends it to containers.
import { hasH2load, openH2load } from './load/h2load.mjs';
import { measureProcesses } from './throughput.mjs';
import { http2Hello } from './workloads/index.mjs';

/** @param {import('./cold-start.mjs').Bench} bench */
export async function measureHttp2(bench) {
  if (!hasH2load())
    return console.error('bench: http2 is left out: h2load, of nghttp2, is not installed');
  const step = {
    experiment: 'http2',
    variant: '',
    workload: http2Hello,
    warmUpRequests: 45_000,
    slices: 16,
    open: (/** @type {import('./server.mjs').RunningServer} */ server) =>
      openH2load({ server, workload: http2Hello }, bench.options.http2Requests),
  };
  // The others would only stand in the groups, with a server of raw beside each.
  const subjects = bench.subjects.filter(({ http2 }) => http2);
  await measureProcesses({ ...bench, subjects }, [step], bench.options.processes);
}
