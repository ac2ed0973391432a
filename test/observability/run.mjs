// Runs the command under real agents: npm run test:observability. The first run installs them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
if (!existsSync(path.join(here, 'node_modules/@sentry/node'))) {
  const args = ['ci', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', args, { cwd: here, stdio: ['ignore', 2, 2] });
}
const link = path.join(here, 'node_modules/barefn');
mkdirSync(path.dirname(link), { recursive: true });
rmSync(link, { recursive: true, force: true });
symlinkSync(root, link);

/** The words that start a function: from its source, and from a build, in which agents hook what is outside. */
const WAYS = {
  '': (target) => ['node_modules/barefn/dist/cli.js', '--source=program', `--target=${target}`],
  ' in a build': (target) => [`built/${target}/start.js`],
};
for (const target of ['hello', 'onOrder']) {
  const outside = ['--external=@opentelemetry/api', '--external=@sentry/node'];
  const where = ['--source=program', `--target=${target}`, `--out=built/${target}`];
  const args = ['node_modules/barefn/dist/cli.js', 'build', ...where, ...outside];
  execFileSync(process.execPath, args, { cwd: here, stdio: ['ignore', 'ignore', 'pipe'] });
}

const alive = [];
after(() => {
  for (const child of alive) child.kill('SIGKILL');
  rmSync(path.join(here, 'built'), { recursive: true, force: true });
});

for (const [way, words] of Object.entries(WAYS))
  describe(`under OpenTelemetry${way}`, () => {
    const start = (agent, target) => startWith(agent, words(target));
    test('a request is a span of its caller’s trace, and the parent of the function’s spans', async () => {
      const program = await start('opentelemetry.mjs', 'hello');
      const traceId = '0af7651916cd43dd8448eb211c80319c';
      const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
      const answer = await fetch(`${program.url}/path`, { headers: { traceparent } });
      assert.equal(await answer.text(), traceId);
      const [work, server] = await program.lines('span ', 2);
      assert.deepEqual(
        [server.kind, server.traceId, server.parentId],
        [1, traceId, 'b7ad6b7169203331'],
      );
      assert.deepEqual([work.name, work.parentId], ['work', server.spanId]);
      assert.equal(attribute(server, 'status'), 200);
      await program.stop();
    });

    test('a failure is a span with status 500, also where it comes late', async () => {
      const program = await start('opentelemetry.mjs', 'hello');
      for (const target of ['/throws', '/late']) {
        assert.equal((await fetch(program.url + target)).status, 500);
      }
      const spans = await program.lines('span ', 2);
      assert.deepEqual(
        spans.map((span) => [attribute(span, 'status'), span.status.code]),
        [
          [500, 2],
          [500, 2],
        ],
      );
      await program.stop();
    });

    test('an event is a span as well', async () => {
      const program = await start('opentelemetry.mjs', 'onOrder');
      assert.equal((await postEvent(program.url, '1')).status, 204);
      const [span] = await program.lines('span ', 1);
      assert.equal(attribute(span, 'status'), 204);
      await program.stop();
    });
  });

for (const [way, words] of Object.entries(WAYS))
  describe(`under Sentry${way}`, () => {
    const start = (agent, target) => startWith(agent, words(target));
    test('what a function throws is an event of its request’s trace', async () => {
      const program = await start('sentry.mjs', 'hello');
      assert.equal((await fetch(`${program.url}/throws`)).status, 500);
      const [event] = await program.lines('event ', 1);
      const [transaction] = await program.lines('transaction ', 1);
      assert.equal(event.message, 'thrown');
      assert.equal(event.tags.function, 'hello');
      assert.match(event.request.url, /\/throws$/);
      assert.equal(event.trace.trace_id, transaction.trace.trace_id);
      assert.match(transaction.transaction, /^GET/);
      await program.stop();
    });

    test('an error that nobody caught is one event of its request’s trace, and ends nothing', async () => {
      const program = await start('sentry.mjs', 'hello');
      const answers = { '/late': 500, '/floating': 500, '/answered': 200, '/throws': 500 };
      for (const [target, status] of Object.entries(answers)) {
        assert.equal((await fetch(program.url + target)).status, status, target);
      }
      const events = await program.lines('event ', 4);
      const transactions = await program.lines('transaction ', 4);
      const found = Object.fromEntries(
        events.map((event) => [event.request.url.split('/').at(-1), event]),
      );
      assert.equal(events.length, 4);
      assert.equal(found.late.message, 'late');
      assert.equal(found.floating.message, 'floating');
      assert.equal(found.answered.message, 'after the answer');
      for (const { tags, trace } of events) {
        assert.equal(tags.function, 'hello');
        assert.ok(
          transactions.some((transaction) => transaction.trace.trace_id === trace.trace_id),
        );
      }
      await program.stop();
    });

    test('a failed event is one, a good one is none', async () => {
      const program = await start('sentry.mjs', 'onOrder');
      assert.equal((await postEvent(program.url, 'good')).status, 204);
      assert.equal((await postEvent(program.url, 'bad')).status, 500);
      const events = await program.lines('event ', 1);
      assert.deepEqual(
        events.map(({ message }) => message),
        ['bad order'],
      );
      await program.stop();
    });
  });

/** Semantic conventions have renamed it. */
function attribute({ attributes }, name) {
  return attributes[`http.response.${name}_code`] ?? attributes[`http.${name}_code`];
}

function postEvent(url, id) {
  const headers = { 'ce-specversion': '1.0', 'ce-id': id, 'ce-type': 't', 'ce-source': '/s' };
  return fetch(url, { method: 'POST', headers });
}

async function startWith(agent, words) {
  const args = [`--import=./${agent}`, ...words, '--port=0'];
  const child = spawn(process.execPath, args, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'] });
  alive.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await until(() => stdout.includes('URL: '));
  return { url: /URL: (\S+?)\/?\n/.exec(stdout)[1], lines, stop };

  async function lines(start, count) {
    const found = () => stderr.split('\n').filter((line) => line.startsWith(start));
    await until(() => found().length >= count);
    return found().map((line) => JSON.parse(line.slice(start.length)));
  }

  async function stop() {
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    assert.equal(code, 0, stderr);
  }

  async function until(condition) {
    for (let tries = 0; !condition(); tries++) {
      if (tries > 500 || child.exitCode !== null)
        throw new Error(`Waited in vain.\n${stdout}${stderr}`);
      await delay(20);
    }
  }
}
