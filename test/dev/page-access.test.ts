import assert from 'node:assert/strict';
import http, { type IncomingMessage } from 'node:http';
import os from 'node:os';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { type Program, serveInProduction, serveProgram } from '../support/program';

const PROGRAM = `
const { http, cloudEvent } = require('barefn');
http('own', (req, res) => {
  const loaded = Object.keys(require.cache).map((file) => file.split(/[\\\\/]/).at(-1));
  res.json({ route: req.url, loaded: loaded.filter((file) => file === 'page.js') });
});
cloudEvent('onEvent', () => {});
`;

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

function get(
  { port }: Program,
  path: string,
  headers: Record<string, string> = {},
  host = '127.0.0.1',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answered = async (res: IncomingMessage): Promise<void> =>
      resolve({ status: res.statusCode, body: await text(res) });
    http.get({ host, port, path, headers, agent: false }, answered).on('error', reject);
  });
}

/** What the function answers to its own route. */
const OWN = JSON.stringify({ route: '/_barefn', loaded: [] });

describe('one function in development', { timeout: 60_000 }, () => {
  let program: Program;
  before(async () => {
    program = await serveProgram(PROGRAM, { args: ['--target=own'] });
  });
  after(() => program.kill());

  test('gets all other paths, and nothing of the page is loaded for them', async () => {
    for (const path of ['/', '/x', '/_barefnx', '/x/_barefn', '/?_barefn']) {
      const { body } = await get(program, path);
      assert.deepEqual(JSON.parse(body), { route: path, loaded: [] });
    }
  });

  test('has its page, script and style at /_barefn', async () => {
    assert.match((await get(program, '/_barefn')).body, /^<!doctype html>/);
    assert.match((await get(program, '/_barefn/?x')).body, /^<!doctype html>/);
    assert.match((await get(program, '/_barefn/main.js')).body, /EventSource/);
    assert.match((await get(program, '/_barefn/page.css')).body, /prefers-color-scheme/);
    const site = JSON.parse((await get(program, '/_barefn/functions')).body);
    assert.deepEqual(site.functions, [
      { name: 'own', type: 'http', path: '/', carries: 'anything' },
    ]);
    for (const path of ['/_barefn/..%2fcli.js', '/_barefn/cli.js', '/_barefn/nothing']) {
      assert.equal((await get(program, path)).status, 404);
    }
  });

  test('the page, its script and its style take less than 40 kB', async () => {
    const parts = ['/_barefn', '/_barefn/main.js', '/_barefn/page.css'];
    const texts = await Promise.all(parts.map(async (path) => (await get(program, path)).body));
    const size = Buffer.byteLength(texts.join(''));
    assert.ok(size < 40_000, `${size} bytes`);
  });

  const foreign: Record<string, Record<string, string>> = {
    'another Host': { host: 'evil.test' },
    'a page of another site': { origin: 'http://evil.test' },
    'an image of another site': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    'a proxy': { 'x-forwarded-for': '192.0.2.1' },
  };
  for (const [name, headers] of Object.entries(foreign)) {
    test(`refuses the page to ${name}, not the function`, async () => {
      for (const path of ['/_barefn', '/_barefn/log', '/_barefn/functions']) {
        const { status, body } = await get(program, path, headers);
        assert.equal(status, 403);
        assert.match(body, /\/_barefn is for/);
      }
      assert.equal((await get(program, '/', headers)).status, 200);
    });
  }

  test('refuses the page to other machines', async (t) => {
    const outer = Object.values(os.networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    if (outer === undefined) return t.skip('this machine has no address but loopback');
    const { status, body } = await get(program, '/_barefn', {}, outer);
    assert.equal(status, 403);
    assert.match(body, /the request came from/);
    assert.equal((await get(program, '/', {}, outer)).status, 200);
  });

  test('drains, although a page follows its log', async () => {
    const other = await serveProgram(PROGRAM, { args: ['--target=own'] });
    const log = http.get(`${other.url}/_barefn/log`);
    log.on('error', () => {});
    await new Promise((resolve) => log.once('response', resolve));
    other.signal('SIGTERM');
    assert.equal(await other.exit(), 0);
    assert.doesNotMatch(other.stderr, /shutdown timeout/);
  });
});

test('a function has its own /_barefn in production, on Cloud Run, and with several processes', async () => {
  const production = await serveInProduction(PROGRAM, { args: ['--target=own'] });
  assert.equal((await get(production, '/_barefn')).body, OWN);
  production.kill();
  const onCloudRun = await serveProgram(PROGRAM, {
    args: ['--target=own'],
    env: { K_SERVICE: 'own' },
  });
  assert.equal((await get(onCloudRun, '/_barefn')).body, OWN);
  onCloudRun.kill();
  const several = await serveProgram(PROGRAM, { args: ['--target=own', '--workers=2'] });
  assert.equal((await get(several, '/_barefn')).body, OWN);
  several.kill();
});

test('a terminal is told where the page is, where there is one', async () => {
  const shown = async (args: string[], env: Record<string, string>): Promise<boolean> => {
    const program = await serveProgram(PROGRAM, { args, env: { FORCE_COLOR: '0', ...env } });
    await program.until(() => program.stdout.includes('Try: curl'));
    program.kill();
    return program.stdout.includes(`Page: http://localhost:${program.port}/_barefn\n`);
  };
  assert.equal(await shown(['--target=own'], {}), true);
  assert.equal(await shown(['--target=own'], { K_SERVICE: 'own' }), false);
  assert.equal(await shown(['--target=own', '--workers=2'], {}), false);
});
