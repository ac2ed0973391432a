import assert from 'node:assert/strict';
import http from 'node:http';
import { describe, test } from 'node:test';
import { HttpError } from '../../src/index';
import { serveProgram } from '../support/program';
import { catchErrors, serve } from '../support/serving';

test('an HttpError is the answer of an HTTP function', async (t) => {
  const errors = catchErrors(t);
  const { origin } = await serve(t, {
    type: 'http',
    handler: async () => {
      const headers = { 'Retry-After': '9' };
      throw new HttpError(503, 'BUSY', 'Come back later.', { headers });
    },
  });
  const answer = await fetch(origin);
  assert.deepEqual([answer.status, await answer.text()], [503, 'Come back later.']);
  assert.equal(answer.headers.get('retry-after'), '9');
  assert.equal(errors.text(), '', 'the function meant it');
});

const UNCAUGHT = `
const { cloudEvent, http, HttpError } = require('barefn');
const error = new HttpError(409, 'TAKEN', 'The name is taken.', { headers: { 'X-Taken': 'yes' } });
const fail = () => { throw error; };
const failing = {
  timer: () => void setTimeout(fail, 1),
  tick: () => process.nextTick(fail),
  floating: () => void Promise.reject(error),
  floatingLater: () => void (async () => { await null; fail(); })(),
  listener: (req) => req.on('data', () => {}).on('end', fail),
};
http('function', (req) => void failing[req.path.slice(1)](req));
cloudEvent('event', () => { failing.timer(); return new Promise(() => {}); });
`;

describe('an uncaught HttpError is the answer of its request', () => {
  for (const name of ['timer', 'tick', 'floating', 'floatingLater', 'listener']) {
    test(`from a ${name}`, async () => {
      const program = await serveProgram(UNCAUGHT);
      const answer = await fetch(`${program.url}/${name}`);
      assert.deepEqual([answer.status, await answer.text()], [409, 'The name is taken.']);
      assert.equal(answer.headers.get('x-taken'), 'yes');
      assert.equal(await program.takeErrors(), '', 'the function meant it');
      program.kill();
    });
  }

  test('from a timer of an event function', async () => {
    const program = await serveProgram(UNCAUGHT, { args: ['--target=event'] });
    const headers = { 'ce-id': '1', 'ce-source': '/', 'ce-specversion': '1.0', 'ce-type': 't' };
    const answer = await fetch(program.url, { method: 'POST', headers });
    assert.deepEqual([answer.status, await answer.text()], [409, 'The name is taken.']);
    program.kill();
  });
});

describe('an HttpError after the response is logged as late and keeps the connection', () => {
  const fail = (): never => {
    throw new HttpError(409, 'TAKEN', 'The name is taken.');
  };
  for (const [name, late] of [
    ['at once', fail],
    ['in a promise', async () => fail()],
  ] as const) {
    test(name, async (t) => {
      const errors = catchErrors(t);
      const { port } = await serve(t, {
        type: 'http',
        handler: (_req: http.IncomingMessage, res: http.ServerResponse) => {
          res.end('fine');
          return late();
        },
      });
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      t.after(() => agent.destroy());
      const first = await get(port, agent);
      const second = await get(port, agent);
      assert.deepEqual([first.body, second.body], ['fine', 'fine']);
      assert.equal(second.localPort, first.localPort);
      assert.match(errors.text(), /^Exception from a finished function: HttpError: The name is/);
    });
  }
});

test('an HttpError in the middle of a response is logged, and breaks it off', async (t) => {
  const errors = catchErrors(t);
  const { port } = await serve(t, {
    type: 'http',
    handler: (_req: http.IncomingMessage, res: http.ServerResponse) => {
      res.write('begun');
      throw new HttpError(409, 'TAKEN', 'The name is taken.');
    },
  });
  await assert.rejects(get(port), { code: 'ECONNRESET' });
  assert.match(errors.text(), /^HttpError: The name is taken/);
});

function get(port: number, agent?: http.Agent): Promise<{ body: string; localPort: unknown }> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', ...(agent && { agent }) };
    const request = http.get(options, (response) => {
      const { localPort } = response.socket;
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ body, localPort }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}
