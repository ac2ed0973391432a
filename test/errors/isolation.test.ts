import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, serveProgram } from '../support/program';
import { send, Wire } from '../support/wire';
import { FAILING } from './failing';

describe('an error inside a request does not touch the others', () => {
  let program: Program;
  before(async () => {
    program = await serveProgram(FAILING);
  });
  after(() => program.kill());

  test('goes to the request that caused it, of many at once', async () => {
    const ids = Array.from({ length: 60 }, (_, id) => id);
    const answers = await Promise.all(
      ids.map(async (id) => {
        const response = await fetch(`${program.url}/later?id=${id}`);
        return `${response.status} ${await response.text()}`;
      }),
    );
    assert.deepEqual(
      answers,
      ids.map((id) => `${id % 2 ? 500 : 200} id ${id}`),
    );
  });

  test('leaves the keep-alive connection usable, and other requests alone', async () => {
    const other = fetch(`${program.url}/wait`);
    const wire = await Wire.connect(program.port);
    wire.write('GET /async HTTP/1.1\r\nHost: a\r\n\r\n');
    await wire.sees('async <b>');
    wire.write('GET /ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    assert.match(await wire.end(), /500 Internal.*200 OK.*ok$/s);
    assert.equal(await (await other).text(), 'waited');
  });

  for (const name of ['tick', 'timer', 'onData', 'onEnd']) {
    test(`never breaks the next request of its connection: ${name}`, async () => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      await send(`${program.url}/${name}`, { body: '{"a":1}', agent });
      const next = await send(`${program.url}/ok`, { agent });
      assert.equal(next.status, 200);
      agent.destroy();
    });
  }

  test('an odd Content-Type does not hurt the process', async () => {
    const response = await fetch(`${program.url}/badType`);
    assert.ok([200, 500].includes(response.status));
    await response.text();
    assert.equal((await fetch(`${program.url}/ok`)).status, 200);
  });

  test('thenables are awaited, not answered', async () => {
    assert.equal(await (await fetch(`${program.url}/thenResolves`)).text(), 'from then');
  });

  test('what an HTTP function returns is not sent', async () => {
    const signal = AbortSignal.timeout(100);
    await assert.rejects(fetch(`${program.url}/returned`, { signal }), { name: 'TimeoutError' });
  });

  test('that breaks the answer itself does not end the process', async () => {
    const wire = await Wire.connect(program.port);
    wire.write('GET /frozen HTTP/1.1\r\nHost: a\r\n\r\n');
    await program.logged('frozen');
    await delay(50);
    wire.destroy();
    assert.equal((await fetch(`${program.url}/ok`)).status, 200);
  });
});
