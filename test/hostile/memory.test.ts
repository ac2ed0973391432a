import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { type Program, serveProgram } from '../support/program';
import { parseReply, send, Wire } from '../support/wire';

const MIB = 1024 * 1024;

/** Answers how much memory the process has taken at most, in bytes. */
const REPORT = `exports.function = (req, res) => {
  res.json({ length: req.rawBody?.length, peak: process.resourceUsage().maxRSS * 1024 });
};`;

const programs: Program[] = [];
after(() => {
  for (const program of programs) program.kill();
});

async function start(...args: string[]): Promise<Program> {
  const program = await serveProgram(REPORT, { args });
  programs.push(program);
  return program;
}

async function peakOf(program: Program): Promise<number> {
  return (await send(program.url, { method: 'GET' })).json.peak;
}

describe('memory is bounded', () => {
  test('by the bytes of a body, in however many chunks it comes', async () => {
    const program = await start();
    const before = await peakOf(program);
    const wire = await Wire.connect(program.port);
    wire.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    const count = 300_000;
    wire.write('1\r\nx\r\n'.repeat(count)).write('0\r\n\r\n');
    await wire.sees(`"length":${count}`);
    wire.destroy();
    const grown = (await peakOf(program)) - before;
    assert.ok(grown < 60 * MIB, `${grown >> 20} MiB for ${count} bytes`);
  });

  const bomb = Buffer.alloc(256 * MIB);
  for (const [encoding, bytes] of [
    ['gzip', zlib.gzipSync(bomb)],
    ['deflate', zlib.deflateSync(bomb)],
    ['br', zlib.brotliCompressSync(bomb, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 2 } })],
  ] as const) {
    test(`by the limit of what is inflated: ${bytes.length} bytes of ${encoding}`, async () => {
      const program = await start('--body-limit=4mb');
      const before = await peakOf(program);
      const headers = { 'content-encoding': encoding };
      for (let round = 0; round < 5; round++) {
        assert.equal((await send(program.url, { headers, body: bytes })).status, 413);
      }
      const grown = (await peakOf(program)) - before;
      assert.ok(grown < 50 * MIB, `${grown >> 20} MiB`);
    });
  }

  test('a gzip body of many members stops at the limit, too', async () => {
    const program = await start('--body-limit=1mb');
    const member = zlib.gzipSync(Buffer.alloc(600_000));
    const headers = { 'content-encoding': 'gzip' };
    assert.equal((await send(program.url, { headers, body: member })).json.length, 600_000);
    const body = Buffer.concat([member, member]);
    assert.equal((await send(program.url, { headers, body })).status, 413);
    const empty = Buffer.concat(Array.from({ length: 8_000 }, () => zlib.gzipSync('')));
    const began = Date.now();
    assert.equal((await send(program.url, { headers, body: empty })).json.length, 0);
    assert.ok(Date.now() - began < 3000);
  });
});

describe('JSON up to 32 MiB', () => {
  const limit = 32 * MIB;
  for (const [title, body] of [
    ['one string', `["${'x'.repeat(limit - 4)}"]`],
    ['nothing but brackets', '['.repeat(limit / 8)],
    ['brackets that close', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
    ['white space', ' '.repeat(limit)],
    ['digits', `[${'1'.repeat(limit - 2)}]`],
    ['escapes', `["${'\\u0041'.repeat((limit - 4) / 6)}"]`],
    ['an object that nests', `${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`],
  ] as const) {
    test(`is answered, and the process lives: ${title}`, async () => {
      const program = await start();
      const headers = { 'content-type': 'application/json' };
      const { status, text } = await send(program.url, { headers, body });
      assert.ok(status === 200 || status === 400, `${status} ${text}`);
      assert.ok(text.length < 1000, 'errors do not echo what was sent');
      assert.equal((await send(program.url, { method: 'GET' })).status, 200);
      assert.equal(program.stderr, '');
    });
  }
});

describe('names of prototypes', async () => {
  const program = await serveProgram(`exports.function = (req, res) => {
    const { body, query } = req;
    res.json({
      body, own: Object.keys(body ?? {}), polluted: ({}).polluted, query,
      plain: Object.getPrototypeOf(body ?? {}) === Object.prototype,
    });
  };`);
  programs.push(program);

  for (const [type, body] of [
    ['application/json', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    [
      'application/x-www-form-urlencoded',
      '__proto__[polluted]=1&constructor[prototype][polluted]=1',
    ],
    ['application/x-www-form-urlencoded', 'a[__proto__][polluted]=1&a[constructor][polluted]=1'],
    ['application/x-www-form-urlencoded', '[__proto__][polluted]=1&__proto__=1&[]=1&toString=1'],
    ['application/json; __proto__=1; charset=utf-8', '{"a":1}'],
  ] as const) {
    test(`are names like others: ${body}`, async () => {
      const headers = { 'content-type': type };
      const url = `${program.url}/?__proto__=1&__proto__[polluted]=1&constructor=2`;
      const { status, json } = await send(url, { headers, body });
      assert.equal(status, 200);
      assert.equal(json.polluted, undefined);
      assert.equal(json.plain, true);
    });
  }

  test('a wire that sends only such names gets its answer', async () => {
    const wire = await Wire.connect(program.port);
    wire.write(
      'GET / HTTP/1.1\r\nHost: a\r\n__proto__: 1\r\nconstructor: 2\r\ntoString: 3\r\nConnection: close\r\n\r\n',
    );
    assert.equal(parseReply(await wire.end()).status, 200);
  });
});
