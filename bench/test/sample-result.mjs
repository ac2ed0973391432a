/**
 * A made-up result with every experiment, one of its subjects broken.
 * @param {{ slowdown?: number }} [options] How much slower barefn is than usual.
 * @returns {import('../report/summary.mjs').Result}
 */
export function sampleResult({ slowdown = 1 } = {}) {
  const speeds = { raw: 1, barefn: 1.06 * slowdown, koa: 1.6 };
  const variants = [
    ['cold-start', ''],
    ['startup-split', ''],
    ...['as installed', 'bundled'].map((way) => ['heavy-start', `storage, ${way}`]),
    ...['hello', 'echo', 'upload', 'event-binary', 'event-structured'].map((name) => [
      'throughput',
      name,
    ]),
    ['fixed-rate', 'hello 500/s'],
    ...[1, 10, 100, 1000].map((count) => ['concurrency', String(count)]),
    ...[1, 1000].flatMap((size) => [
      ['start-growth', `functions ${size}`],
      ['start-growth', `files ${size}`],
    ]),
    ...[100, 10_000].map((count) => ['idle-memory', String(count)]),
    ...[1024, 1_048_576].flatMap((size) => [
      ['body-size', `echo ${size}`],
      ['body-size', `upload ${size}`],
    ]),
  ];
  const cells = variants.flatMap(([experiment, variant]) => [
    ...Object.entries(speeds).map(([subject, speed]) => ({
      experiment,
      variant,
      subject,
      runtime: 'node-20.0.0',
      samples: samplesOf(speed, !/start|idle/.test(experiment)),
    })),
    {
      experiment,
      variant,
      subject: 'broken',
      runtime: 'node-20.0.0',
      samples: [],
      failure: 'died: exit code 7',
    },
  ]);
  return {
    format: 2,
    environment: {
      date: '2025-01-01T00:00:00.000Z',
      commit: 'abc1234',
      cpu: 'a CPU',
      cores: 2,
      memoryGb: 8,
      os: 'Linux',
      harness: 'Node 20',
      loadAverage: 0.1,
      hasPriority: true,
    },
    tookSeconds: 100,
    command: ['--quick'],
    subjects: [...Object.keys(speeds), 'broken'].map((name) => ({
      name,
      about: '<b>',
      version: '1.0.0',
    })),
    runtimes: ['node-20.0.0'],
    cells,
  };
}

/** @type {(speed: number, isLoad: boolean) => import('../recorder.mjs').Sample[]} */
function samplesOf(speed, isLoad) {
  return Array.from({ length: 12 }, (_, round) => {
    const noise = 1 + ((round * 7) % 12) / 400;
    const value = speed * noise;
    return {
      round,
      ...(isLoad && { process: Math.floor(round / 3) }),
      startMs: 35 * value,
      cpuMs: 33 * value,
      peakRssMb: 42 * speed,
      nodeBootMs: 20,
      frameworkLoadMs: 5 * value,
      functionLoadMs: 1,
      listenMs: 2,
      firstAnswerMs: 3,
      untilAnsweredMs: 30 + 5 * value,
      files: 4,
      loadedKb: 50,
      cpuUs: 11 * value,
      requestsPerSecond: 30_000 / value,
      p50Ms: 0.4 * value,
      p90Ms: 0.8 * value,
      p99Ms: 2 * value,
      rssMb: 60 * value,
      rssBeforeMb: 50,
      rssAfterMb: 60,
    };
  });
}
