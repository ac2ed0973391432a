import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import { describe, test } from 'node:test';
import { serveProgram } from '../support/program';
import { send } from '../support/wire';

const FUNCTIONS = `
const { http, typed, web, cloudEvent, event } = require('barefn');
const { pid } = process;
http('http', (req, res) => res.json({ pid, body: req.body }));
typed('typed', (body) => ({ pid, body }));
web('web', async (request) => Response.json({ pid, body: await request.json() }));
cloudEvent('cloudevent', ({ data: body, ...event }) => ({ ...event, type: 'answer', data: { pid, body } }));
event('event', (body, context) => { console.log(JSON.stringify({ pid, body, id: context.id })); });
`;
const args = ['--workers=2'];
const body = { answer: [42, 'ä'.repeat(50_000)] };
const json = { 'content-type': 'application/json' };
const binary = {
  ...json,
  'ce-specversion': '1.0',
  'ce-id': '7',
  'ce-source': '/s',
  'ce-type': 't',
};

/** Sends on a new connection, which goes to the next worker. */
function post(url: string, headers: Record<string, string>): ReturnType<typeof send> {
  return send(url, { headers, body: JSON.stringify(body), agent: new http.Agent() });
}

describe('with --workers=2, two processes serve', () => {
  for (const [name, headers] of Object.entries({
    http: json,
    typed: json,
    web: json,
    cloudevent: binary,
  })) {
    test(`a function of the signature ${name}`, async () => {
      const program = await serveProgram(FUNCTIONS, { args: [...args, `--target=${name}`] });
      const answers = [await post(program.url, headers), await post(program.url, headers)];
      for (const { status, json } of answers) assert.deepEqual([status, json.body], [200, body]);
      assert.equal(new Set(answers.map(({ json }) => json.pid)).size, 2);
      program.kill();
    });
  }

  test('a function of legacy events', async () => {
    const program = await serveProgram(FUNCTIONS, { args: [...args, '--target=event'] });
    for (let turn = 0; turn < 2; turn++) {
      assert.equal((await post(program.url, binary)).status, 204);
    }
    const lines = (): string[] => program.stdout.split('\n').filter((line) => line.startsWith('{'));
    await program.until(() => lines().length === 2);
    const printed = lines().map((line) => JSON.parse(line));
    for (const { id, body: data } of printed) assert.deepEqual([id, data], ['7', body]);
    assert.equal(new Set(printed.map(({ pid }) => pid)).size, 2);
    program.kill();
  });

  test('sessions of --http2, with uploads', async () => {
    const program = await serveProgram(FUNCTIONS, { args: [...args, '--target=web', '--http2'] });
    const pids = new Set<number>();
    for (let turn = 0; turn < 2; turn++) {
      const session = http2.connect(program.url);
      const stream = session.request({ ':method': 'POST', ...json });
      stream.end(JSON.stringify(body));
      let text = '';
      for await (const part of stream.setEncoding('utf8')) text += part;
      pids.add(JSON.parse(text).pid);
      assert.deepEqual(JSON.parse(text).body, body);
      session.close();
      await once(session, 'close');
    }
    assert.equal(pids.size, 2);
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });

  test('execution ids, each in the log of its own request', async () => {
    const program = await serveProgram(
      `exports.function = async (req, res) => {
         console.log('before ' + req.query.id);
         await new Promise((resolve) => setTimeout(resolve, 20));
         console.log('after ' + req.query.id);
         res.send(String(process.pid));
       };`,
      { args: [...args, '--log-execution-id'] },
    );
    const ids = ['a', 'b', 'c', 'd'];
    const pids = ids.map(async (id) => {
      const headers = { 'Function-Execution-Id': `execution-${id}` };
      const url = `${program.url}/?id=${id}`;
      return (await send(url, { method: 'GET', headers, agent: new http.Agent() })).text;
    });
    assert.equal(new Set(await Promise.all(pids)).size, 2);
    const logged = (): string[] =>
      program.stdout.split('\n').filter((line) => line.includes('execution_id'));
    await program.until(() => logged().length === 8);
    for (const line of logged()) {
      const [, id] = /(?:before|after) (\w)/.exec(line) as RegExpExecArray;
      assert.ok(line.includes(`"execution_id":"execution-${id}"`), line);
    }
    program.kill();
  });
});
