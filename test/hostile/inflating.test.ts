import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { after, afterEach, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { takeTurn } from '../../src/http/body/inflate-turns';
import { type Program, serveProgram } from '../support/program';
import { until } from '../support/serving';
import { send, serve, Wire } from '../support/wire';

const MIB = 1024 * 1024;

describe('bodies that inflate a thousandfold', () => {
  const programs: Program[] = [];
  after(() => {
    for (const program of programs) program.kill();
  });

  const size = 16 * MIB;
  const bomb = Buffer.alloc(size);
  for (const [encoding, body] of [
    ['gzip', zlib.gzipSync(bomb)],
    ['deflate', zlib.deflateSync(bomb)],
    ['br', zlib.brotliCompressSync(bomb, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } })],
  ] as const) {
    test(`40 at once take the memory of a few: ${body.length} bytes of ${encoding} each`, async () => {
      const program = await serveProgram(
        `exports.function = async (req, res) => {
          const { length } = req.rawBody ?? '';
          await new Promise((resolve) => setTimeout(resolve, 50));
          res.json({ length, peak: process.resourceUsage().maxRSS * 1024 });
        };`,
        { args: [`--body-limit=${size}`] },
      );
      programs.push(program);
      const { peak } = (await send(program.url, { method: 'GET' })).json;
      const headers = { 'content-encoding': encoding };
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => send(program.url, { headers, body })),
      );
      for (const { json } of answers) assert.equal(json.length, size);
      const grown = (await send(program.url, { method: 'GET' })).json.peak - peak;
      // 40 of them are 640 MiB.
      assert.ok(grown < 250 * MIB, `${grown / MIB} MiB`);
    });
  }
});

describe('inflated bodies that functions hold', async () => {
  const LIMIT = MIB;
  const large = zlib.gzipSync(Buffer.alloc(LIMIT));
  const small = zlib.gzipSync(Buffer.alloc(60_000));
  const held = new Map<string, any>();
  const options = { bodyLimit: LIMIT };
  const hold = (req: any, res: any): void => {
    if (req.path === '/answer') res.json(req.rawBody.length);
    else held.set(req.path, res);
  };
  const { url, port } = await serve(hold, options);
  const other = await serve(hold, options);
  const wires: Wire[] = [];

  afterEach(async () => {
    for (const wire of wires.splice(0)) wire.destroy();
    await until(() => [...held.values()].every(({ closed }) => closed));
    held.clear();
  });

  const headOf = (path: string, length: number): string =>
    `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: ${length}\r\n\r\n`;

  async function upload(path: string, to = port): Promise<Wire> {
    const wire = await Wire.connect(to);
    wires.push(wire);
    return wire.write(headOf(path, large.length)).write(large);
  }

  /** Four functions that hold what they got: as much as there may be. */
  async function fill(): Promise<Wire[]> {
    const holders = await Promise.all(['/0', '/1', '/2', '/3'].map((path) => upload(path)));
    await until(() => held.size === 4);
    return holders;
  }

  /** Small bodies are answered meanwhile: so many that a large one would have come, too. */
  async function answerSmall(): Promise<void> {
    const headers = { 'content-encoding': 'gzip' };
    for (let round = 0; round < 20; round++) {
      assert.equal((await send(`${url}/answer`, { headers, body: small })).json, 60_000);
    }
  }

  test('make others wait until one is answered; small ones do not wait', async () => {
    await fill();
    await upload('/4');
    await answerSmall();
    assert.deepEqual([...held.keys()].sort(), ['/0', '/1', '/2', '/3']);
    held.get('/2').send('done');
    await until(() => held.has('/4'));
  });

  test('are given back by clients that leave', async () => {
    const [, second] = await fill();
    await upload('/4');
    second?.destroy();
    await until(() => held.has('/4'));
  });

  test('are waited for in order, without those who leave meanwhile', async () => {
    await fill();
    const fifth = await upload('/4');
    await answerSmall();
    await upload('/5');
    await answerSmall();
    await upload('/6');
    fifth.destroy();
    await answerSmall();
    held.get('/0').send('done');
    await until(() => held.has('/5'));
    await answerSmall();
    assert.ok(!held.has('/4') && !held.has('/6'));
    held.get('/1').send('done');
    await until(() => held.has('/6'));
    assert.ok(!held.has('/4'));
  });

  test('count for all servers of a process', async () => {
    await Promise.all([upload('/0'), upload('/1', other.port)]);
    await Promise.all([upload('/2'), upload('/3', other.port)]);
    await until(() => held.size === 4);
    await upload('/4', other.port);
    await answerSmall();
    assert.equal(held.size, 4);
    held.get('/0').send('done');
    await until(() => held.has('/4'));
  });

  test('a body that is refused gives its turn back', async () => {
    const tooLarge = zlib.gzipSync(Buffer.alloc(LIMIT + 1));
    const headers = { 'content-encoding': 'gzip' };
    for (let round = 0; round < 10; round++) {
      assert.equal((await send(url, { headers, body: tooLarge })).status, 413);
      const cut = large.subarray(0, large.length - 9);
      assert.equal((await send(url, { headers, body: cut })).status, 400);
    }
    await fill();
  });

  test('uploads that stall take no turn', async () => {
    for (let count = 0; count < 10; count++) {
      const wire = await Wire.connect(port);
      wires.push(wire.write(headOf('/stalled', large.length)).write(large.subarray(0, -1)));
    }
    await fill();
    assert.ok(!held.has('/stalled'));
  });
});

test('a turn that was waited for has the asynchronous context of its own request', () => {
  const storage = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const ends: ((bytes: number) => void)[] = [];
  for (const name of ['a', 'b', 'c']) {
    storage.run(name, () =>
      takeTurn(new EventEmitter(), 1, (end) => {
        ends.push(end);
        seen.push(storage.getStore());
      }),
    );
  }
  for (const end of ends) end(0);
  assert.deepEqual(seen, ['a', 'b', 'c']);
});
