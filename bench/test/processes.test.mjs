// The harness can fail over HTTP/2 and with workers, too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { measureHttp2 } from '../http2.mjs';
import { installBarefn } from '../installation.mjs';
import { hasH2load } from '../load/h2load.mjs';
import { listSubjects } from '../subjects/index.mjs';
import { measureThroughput } from '../throughput.mjs';
import { createBench } from './fixtures.mjs';

const fileOf = (/** @type {string} */ name) => {
  return fileURLToPath(new URL(`misbehaving/${name}`, import.meta.url));
};

for (const [fault, reason] of Object.entries({
  dies: /died: exit code 7/,
  resets: /does not answer hello over HTTP\/2|requests: .* failed/,
  status: /status 503|other statuses/,
  body: /wrong body|instead of "Hello, World!"/,
})) {
  test(`a server of HTTP/2 with the fault "${fault}" is a failure without samples`, {
    skip: !hasH2load() && 'h2load is not installed',
  }, async () => {
    const args = () => [fileOf('http2-server.cjs'), fault];
    const bench = createBench([{ name: fault, about: '', http2: true, args }], {
      http2Requests: 200,
    });
    await measureHttp2(bench);
    assert.match(bench.recorder.cells[0].failure ?? '', reason);
    assert.deepEqual(bench.recorder.cells[0].samples, []);
  });
}

for (const [fault, reason] of Object.entries({
  dies: /hangs up instead of answering hello|does not answer hello|with status 500/,
  body: /wrong body/,
})) {
  test(`workers of barefn with the fault "${fault}" are a failure without samples`, async () => {
    installBarefn();
    const [, workers] = listSubjects(['barefn-workers']);
    const args = (/** @type {import('../subjects/index.mjs').Target} */ target) =>
      workers.args?.(target, '')?.map((part) => {
        return part.startsWith('--source=') ? `--source=${fileOf('function.cjs')}` : part;
      });
    const subject = { ...workers, args, env: { FAULT: fault } };
    const enough = { workloads: ['hello'], warmUpRequests: 500, warmUpSeconds: 60 };
    const bench = createBench([subject], enough);
    await measureThroughput(bench);
    assert.match(bench.recorder.cells[0].failure ?? '', reason);
    assert.deepEqual(bench.recorder.cells[0].samples, []);
  });
}

test('the CPU time and memory of workers are counted', async () => {
  installBarefn();
  const bench = createBench(listSubjects(['barefn', 'barefn-workers']), { workloads: ['hello'] });
  await measureThroughput(bench);
  const [one, two] = ['barefn', 'barefn-workers'].map((name) => {
    return bench.recorder.cells.find(({ subject }) => subject === name);
  });
  assert.equal(two?.failure, undefined);
  const memory = [one, two].map((cell) => cell?.samples[0].rssBeforeMb ?? 0);
  assert.ok(memory[1] > 2 * memory[0], `${memory.join(' and ')} MB`);
});
