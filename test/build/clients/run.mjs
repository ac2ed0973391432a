// Builds functions with large clients, and lets each client make its first real call from the build, to
// servers on this machine: npm run test:clients. The first run installs the clients.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startFakes } from './fakes.mjs';
import { build, CLIENTS, createPrograms } from './programs.mjs';

const ANSWERS = {
  storage: ['b', 'stored'],
  pubsub: ['projects/p/topics/t', '42'],
  firestore: ['a/b', '{"text":"read"}'],
  openai: [undefined, 'said'],
  s3: ['function', 'stored'],
  small: ['parsed', 'fetched'],
};

describe('a build with the client', () => {
  const programs = createPrograms();
  let fakes;
  before(async () => {
    fakes = await startFakes();
  });
  after(() => {
    fakes.close();
    programs.remove();
  });

  for (const client of CLIENTS) {
    test(`${client} makes its calls, without node_modules and the source`, async () => {
      const place = programs.program(client);
      const began = performance.now();
      const report = await build(place, fakes.env, process.execPath, ['--warm=/', '--warm=/real']);
      const seconds = (performance.now() - began) / 1000;
      assert.match(report, /^2 calls \(200, 200\), as from the source; compiled code of /m);
      assert.match(report, /^The build needs neither node_modules nor the source\.$/m);
      const [first] = report.split('\n');
      console.log(`${client}: ${first}, ${seconds.toFixed(1)} s with all calls`);
      await answers(place, client);
      // Also where nothing but the entry ran when it was built.
      await build(place, fakes.env, process.execPath, ['--warm=/']);
      await answers(place, client);
    });
  }

  /** Starts a copy of the build in an empty directory, and makes the calls. */
  async function answers(place, client) {
    const empty = path.join('/tmp', `barefn-${client}-${process.pid}`);
    mkdirSync(empty);
    cpSync(path.join(place, '.barefn'), path.join(empty, '.barefn'), { recursive: true });
    const env = { ...fakes.env, PATH: process.env.PATH };
    const args = ['.barefn/start.js', '--port=0', '--startup-report'];
    const child = spawn(process.execPath, args, { cwd: empty, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    try {
      while (!/URL: \S+/.test(output)) {
        assert.equal(child.exitCode, null, output);
        await delay(10);
      }
      const url = /URL: (\S+)/.exec(output)[1];
      const [cold, real] = ANSWERS[client];
      const body = await (await fetch(url)).text();
      if (cold !== undefined) assert.equal(body, cold);
      const answer = await fetch(`${url}real`);
      assert.equal(`${answer.status} ${await answer.text()}`, `200 ${real}`, output);
      assert.match(output, /"codeCache":"used"/);
      child.kill('SIGTERM');
      const [code] = await once(child, 'close');
      assert.equal(code, 0, output);
    } finally {
      child.kill('SIGKILL');
      rmSync(empty, { recursive: true, force: true });
    }
  }
});
