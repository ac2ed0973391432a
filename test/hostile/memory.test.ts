import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { type Program, type Setting, serveProgram } from '../support/program';
import { parseReply, send, Wire } from '../support/wire';

const MIB = 1024 * 1024;

/** Answers how much memory the process has taken at most, in bytes, and how long it has worked. */
const REPORT = `exports.function = (req, res) => {
  const { user, system } = process.cpuUsage();
  const peak = process.resourceUsage().maxRSS * 1024;
  res.json({ length: req.rawBody?.length, peak, cpu: (user + system) / 1e6 });
};`;

const programs: Program[] = [];
after(() => {
  for (const program of programs) program.kill();
});

async function start(...args: string[]): Promise<Program> {
  return startWith({ args });
}

async function startWith(setting: Setting): Promise<Program> {
  const program = await serveProgram(REPORT, setting);
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

  test('by the bytes of the bodies that functions have, not twice as many', async () => {
    const count = 50;
    const size = 4 * MIB;
    // Answers when all are there.
    const program = await serveProgram(`const bodies = [];
      exports.function = (req, res) => {
        if (req.rawBody) bodies.push(req.rawBody);
        const report = () => res.json({ peak: process.resourceUsage().maxRSS * 1024 });
        if (req.method === 'GET' || bodies.length === ${count}) report();
      };`);
    programs.push(program);
    const before = await peakOf(program);
    const part = Buffer.alloc(size - 1, 'a');
    const wires: Wire[] = [];
    for (let number = 0; number < count; number++) {
      const wire = await Wire.connect(program.port);
      wires.push(wire);
      wire.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
      await new Promise((resolve) => wire.socket.write(part, resolve));
    }
    for (const wire of wires) wire.write('a');
    await Promise.race(wires.map((wire) => wire.sees('peak')));
    for (const wire of wires) wire.destroy();
    const grown = (await peakOf(program)) - before;
    assert.ok(grown < 1.3 * count * size, `${grown / size} times ${size} bytes for ${count}`);
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
    const first = (await send(program.url, { headers, body: member })).json;
    assert.equal(first.length, 600_000);
    const body = Buffer.concat([member, member]);
    assert.equal((await send(program.url, { headers, body })).status, 413);
    const empty = Buffer.concat(Array.from({ length: 8_000 }, () => zlib.gzipSync('')));
    const last = (await send(program.url, { headers, body: empty })).json;
    assert.equal(last.length, 0);
    assert.ok(last.cpu - first.cpu < 3, `${last.cpu - first.cpu} s`);
  });
});

describe('a form takes memory in proportion to its bytes', () => {
  const keys = (count: number, keyOf: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => `${keyOf(index)}=1`).join('&');
  for (const [title, form] of [
    ['keys that are integers, nested', keys(999, (i) => `a[${i}]${'[999]'.repeat(31)}`)],
    ['other integers at each level', keys(999, (i) => `a[${i}]${'[1022]'.repeat(31)}`)],
    [
      'objects that two integers share',
      keys(998, (i) => `a[${i >> 1}]${`[${900 + i}]`.repeat(31)}`),
    ],
    ['integers far apart', keys(1000, (i) => `a[${i * 1000}]${'[1000]'.repeat(31)}`)],
    ['lists', keys(1000, (i) => `a[${i}]${'[998]'.repeat(31)}`)],
    ['empty brackets', keys(1000, (i) => `a${i}${'[]'.repeat(31)}`)],
    ['a name for each object', keys(1000, (i) => `a${i}${`[b${i}]`.repeat(31)}`)],
  ] as const) {
    test(`${title}: ${form.length >> 10} KiB in a heap of 64 MiB`, async () => {
      const program = await startWith({ env: { NODE_OPTIONS: '--max-old-space-size=64' } });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      for (let round = 0; round < 3; round++) {
        assert.equal((await send(program.url, { headers, body: form })).json.length, form.length);
      }
    });
  }
});

test('the parameters of an Accept field of 16 KB fit into a heap of 12 MiB, too', async () => {
  const program = await serveProgram(
    "exports.function = (req, res) => res.json(req.accepts('json'));",
    {
      env: { NODE_OPTIONS: '--max-old-space-size=12' },
    },
  );
  programs.push(program);
  const headers = { accept: `${'a/b;999=1,'.repeat(1500)}*/*` };
  for (let round = 0; round < 3; round++) {
    assert.equal((await send(program.url, { method: 'GET', headers })).json, 'json');
  }
});

describe('32 MiB of one thing are decoded in little time and memory', () => {
  const utf8 = 'application/x-www-form-urlencoded';
  for (const [type, piece] of [
    ...[
      '+',
      '%20',
      '%5B',
      '%5D',
      'a%5Bb%5D',
      '+a',
      'a',
      '=',
      '&',
      '%',
      '[',
      'é',
      '\r\n',
      '%E4',
    ].map((one) => [utf8, one] as const),
    [`${utf8}; charset=iso-8859-1`, '+'],
    [`${utf8}; charset=iso-8859-1`, '%E4'],
    ['text/plain', 'é'],
    ['text/plain; charset=us-ascii', 'é'],
    ['text/plain; charset=windows-1252', '\u2200'],
    ['text/plain; charset=utf-16', 'a'],
    ['text/plain; charset=utf-32', 'a'],
    ['text/plain; charset=shift_jis', 'é'],
  ] as const) {
    test(`${JSON.stringify(piece)} as ${type}`, async () => {
      const program = await start();
      const before = (await send(program.url, { method: 'GET' })).json;
      const body = Buffer.alloc(32 * MIB, piece);
      assert.ok(
        [200, 400, 413].includes(
          (await send(program.url, { headers: { 'content-type': type }, body })).status,
        ),
      );
      const after = (await send(program.url, { method: 'GET' })).json;
      // Measured: 0.3 s and 200 MiB at most. A match of its own for each byte took 5 s and 1.3 GiB.
      assert.ok(after.cpu - before.cpu < 2, `${after.cpu - before.cpu} s`);
      assert.ok(after.peak - before.peak < 350 * MIB, `${(after.peak - before.peak) / MIB} MiB`);
    });
  }
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
    test(`is answered, and the process goes on: ${title}`, async () => {
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
