// Functions with the clients of services, in every way that they are started.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { measureHeavyStarts } from '../heavy-start.mjs';
import { installBarefn, installClients } from '../installation.mjs';
import { listSubjects } from '../subjects/index.mjs';
import { createBench, runtime } from './fixtures.mjs';

before(() => {
  installClients();
  installBarefn();
});

const frameworks = ['barefn', 'functions-framework', 'fastify'];
const ways = ['as installed', 'bundled', ...(hasCompileCache() ? ['compile cache'] : [])];

test('a function with clients starts as installed, with the compile cache and bundled', async () => {
  const sizes = { clients: ['small'], heavySamples: 1 };
  const bench = createBench(listSubjects(frameworks), sizes);
  await measureHeavyStarts(bench);
  const { cells } = bench.recorder;
  for (const { subject, variant, failure } of cells)
    assert.equal(failure, undefined, `${subject}, ${variant}`);
  for (const subject of ['raw', ...frameworks]) {
    const own = cells.filter((cell) => cell.subject === subject);
    assert.deepEqual(
      own.map(({ variant }) => variant).sort(),
      ways.map((way) => `small, ${way}`),
    );
    assert.ok(own.every(({ samples: [{ startMs, cpuMs }] }) => startMs > 5 && cpuMs > 5));
  }
});

test('a program that cannot be bundled or started is reported as that', async () => {
  const broken = { ...runtime, command: ['/bin/false'] };
  const sizes = { clients: ['small'], heavySamples: 1 };
  const bench = { ...createBench(listSubjects([]), sizes), runtimes: [broken] };
  await measureHeavyStarts(bench);
  const failures = bench.recorder.cells.map(({ failure }) => failure ?? '');
  assert.equal(failures.length, ways.length);
  for (const failure of failures) assert.match(failure, /cannot be bundled|died: exit code 1/);
});

function hasCompileCache() {
  return Number.parseInt(process.versions.node, 10) >= 22;
}
