import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, serveProgram } from '../support/program';
import { serve } from '../support/serving';
import { Wire } from '../support/wire';

const ECHO = (req: { method: string; url: string }, res: { end(text: string): void }): void =>
  res.end(`${req.method} ${req.url}`);

test('GET and HEAD of the health path do not reach the function', async (t) => {
  const options = { healthPath: '/healthz' };
  const { origin } = await serve(t, { type: 'http', handler: ECHO }, options);
  for (const target of ['/healthz', '/healthz?a=1']) {
    const answer = await fetch(origin + target);
    assert.deepEqual([answer.status, await answer.text()], [200, 'ok\n']);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  }
  const head = await fetch(`${origin}/healthz`, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, '3']);
});

test('other methods and other paths do', async (t) => {
  const options = { healthPath: '/healthz' };
  const { origin } = await serve(t, { type: 'http', handler: ECHO }, options);
  const answer = await fetch(`${origin}/healthz`, { method: 'POST', body: 'x' });
  assert.equal(await answer.text(), 'POST /healthz');
  for (const target of ['/healthzz', '/healthz/x', '/HEALTHZ', '/?/healthz', '/']) {
    assert.equal(await (await fetch(origin + target)).text(), `GET ${target}`);
  }
});

test('event functions have it too, and no server has it unasked', async (t) => {
  const handler = (): void => {};
  const { origin } = await serve(t, { type: 'cloudevent', handler }, { healthPath: '/' });
  assert.equal((await fetch(origin)).status, 200);
  const without = await serve(t, { type: 'cloudevent', handler });
  assert.equal((await fetch(`${without.origin}/healthz`)).status, 405);
});

/** Answers when it gets SIGUSR2: the tests say when, however busy the machine is. */
const HELD = `exports.function = (req, res) => {
  process.once('SIGUSR2', () => res.send('done'));
  console.error('begun');
};`;
const PROBE = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';

/** A program that drains, since a request of `slow` is pending. */
async function draining(): Promise<{ program: Program; slow: Wire; probe: Wire }> {
  const program = await serveProgram(HELD, { args: ['--health-path=/healthz'] });
  const [slow, probe] = await Promise.all([Wire.connect(program.port), Wire.connect(program.port)]);
  slow.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await program.logged('begun');
  await probe.write(PROBE).sees('ok\n');
  program.signal('SIGTERM');
  // It closes its port before it drains.
  await assert.rejects(async () => {
    for (; ; await delay(20)) (await Wire.connect(program.port)).destroy();
  }, /ECONNREFUSED|ECONNRESET/);
  return { program, slow, probe };
}

test('it is 503 while the server drains, and closes its connection', async () => {
  const { program, slow, probe } = await draining();
  assert.match(
    await probe.write(PROBE).end(),
    /503 Service Unavailable.*Connection: close.*draining\n$/s,
  );
  program.signal('SIGUSR2');
  assert.match(await slow.end(), /200 OK.*done$/s);
  assert.equal(await program.exit(), 0);
});

test('a probe behind a request that is pending does not cut it off', async () => {
  const { program, slow, probe } = await draining();
  slow.write(PROBE);
  // What came before it on another connection has been read by then.
  await probe.write(PROBE).end();
  program.signal('SIGUSR2');
  assert.match(await slow.end(), /200 OK.*done.*503 .*draining\n$/s);
  assert.equal(await program.exit(), 0);
});
