import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { inflateBody } from '../../src/http/body/inflate';
import { describeValue, type Outcome, type Reference, startReference } from './reference-body';

const MEBIBYTE = 2 ** 20;

let reference: Reference;
before(async () => {
  reference = await startReference();
});
after(() => reference.close());

function inflate(body: Buffer, encoding: string, limit = MEBIBYTE): Promise<Outcome> {
  return new Promise((resolve) => {
    let calls = 0;
    inflateBody(body, encoding, limit, new EventEmitter(), (error, inflated) => {
      assert.equal(++calls, 1);
      if (error === null) resolve(describeValue(inflated));
      else resolve({ status: error.status, message: error.message });
    });
  });
}

async function compare(body: Buffer, encoding: string): Promise<Outcome> {
  const ours = await inflate(body, encoding);
  const theirs = await reference.post(body, {
    'Content-Type': 'application/octet-stream',
    'Content-Encoding': encoding,
  });
  assert.equal(ours.status, theirs.status, `${encoding}: ${ours.message ?? theirs.message}`);
  if (ours.status === 200) assert.deepEqual(ours, theirs);
  return ours;
}

const text = Buffer.from('{"a":1} '.repeat(100));
const gzip = zlib.gzipSync(text);
const deflate = zlib.deflateSync(text);
const brotli = zlib.brotliCompressSync(text);

const accepted: [name: string, body: Buffer, encoding: string][] = [
  ['gzip', gzip, 'gzip'],
  ['GZIP in capitals', gzip, 'GZIP'],
  ['deflate', deflate, 'deflate'],
  ['br', brotli, 'br'],
  ['Br', brotli, 'Br'],
  ['identity', text, 'identity'],
  ['Identity', text, 'Identity'],
  ['gzip of nothing', zlib.gzipSync(''), 'gzip'],
  ['gzip of two members', Buffer.concat([gzip, gzip]), 'gzip'],
  ['an empty body said to be identity', Buffer.alloc(0), 'identity'],
];

for (const [name, body, encoding] of accepted) {
  test(`${name} is accepted, as by Functions Framework`, async () => {
    assert.equal((await compare(body, encoding)).status, 200);
  });
}

const refused: [name: string, body: Buffer, encoding: string][] = [
  ['gzip with something after it', Buffer.concat([gzip, Buffer.from('trailing')]), 'gzip'],
  ['gzip with half a member after it', Buffer.concat([gzip, gzip.subarray(0, 20)]), 'gzip'],
  ['an empty body said to be gzip', Buffer.alloc(0), 'gzip'],
  ['an empty body said to be deflate', Buffer.alloc(0), 'deflate'],
  ['an empty body said to be br', Buffer.alloc(0), 'br'],
];

for (const [name, body, encoding] of refused) {
  test(`${name} is answered with 400, as by Functions Framework`, async () => {
    assert.equal((await compare(body, encoding)).status, 400);
  });
}

test('what follows deflate or br is treated as by Functions Framework', async () => {
  await compare(Buffer.concat([deflate, Buffer.from('trailing')]), 'deflate');
  await compare(Buffer.concat([brotli, Buffer.from('trailing')]), 'br');
});

test('identity hands back the same bytes, not a copy', () => {
  inflateBody(text, 'identity', MEBIBYTE, new EventEmitter(), (error, inflated) => {
    assert.equal(error, null);
    assert.equal(inflated, text);
  });
});

for (const encoding of ['x-gzip', 'compress', 'gzip, br', 'gzip,gzip', 'identity, gzip', 'nope']) {
  test(`the encoding ${encoding} is answered with 415, as by Functions Framework`, async () => {
    const { status, message } = await compare(text, encoding);
    assert.equal(status, 415);
    assert.match(message as string, new RegExp(`^unsupported content encoding "${encoding}"`));
  });
}

test('zstd is answered with 415 on every version of Node', async () => {
  assert.equal((await inflate(text, 'zstd')).status, 415);
});

test('an unknown encoding is answered with 415 also for an empty body', async () => {
  assert.equal((await compare(Buffer.alloc(0), 'nope')).status, 415);
});

test('a long encoding is not echoed in full', async () => {
  const { message } = await inflate(text, 'x'.repeat(10_000));
  assert.match(message as string, /^unsupported content encoding "x{40}"/);
  assert.ok((message as string).length < 150);
});

for (const [encoding, whole] of [
  ['gzip', gzip],
  ['deflate', deflate],
  ['br', brotli],
] as const) {
  test(`${encoding} cut off anywhere is answered with 400`, async () => {
    for (let length = 1; length < whole.length; length++) {
      const { status, message } = await inflate(whole.subarray(0, length), encoding);
      assert.equal(status, 400, `after ${length} bytes`);
      assert.match(message as string, new RegExp(`not valid ${encoding} data`));
    }
    await compare(whole.subarray(0, whole.length >> 1), encoding);
  });

  test(`what is not ${encoding} is answered with 400`, async () => {
    for (const body of [text, Buffer.alloc(9, 0xff), zlib.deflateRawSync(text)]) {
      assert.equal((await compare(body, encoding)).status, 400);
    }
  });

  test(`${encoding} with damage is treated as by Functions Framework`, async () => {
    const damage = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, byte }) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        await compare(damaged, encoding);
      }),
      { numRuns: 200 },
    );
  });
}

test('any bytes survive being compressed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      const expected = describeValue(Buffer.from(bytes));
      assert.deepEqual(await inflate(zlib.gzipSync(bytes), 'gzip'), expected);
      assert.deepEqual(await inflate(zlib.deflateSync(bytes), 'deflate'), expected);
      assert.deepEqual(await inflate(zlib.brotliCompressSync(bytes), 'br'), expected);
    }),
    { numRuns: 100 },
  );
});

test('the limit is the most bytes that may come out', async () => {
  for (const [body, encoding] of [
    [gzip, 'gzip'],
    [deflate, 'deflate'],
    [brotli, 'br'],
  ] as const) {
    assert.equal((await inflate(body, encoding, text.length)).status, 200);
    assert.equal((await inflate(body, encoding, text.length - 1)).status, 413);
    assert.equal((await inflate(body, encoding, 0)).status, 413);
    assert.equal((await inflate(body, encoding, 2 ** 60)).status, 200);
  }
  assert.equal((await inflate(zlib.gzipSync(''), 'gzip', 0)).status, 200);
});

/** 1 GiB of zeros: a gzip file may have many members, brotli is quick enough at its lowest quality. */
const bombs: [encoding: string, makeBomb: () => Promise<Buffer>][] = [
  ['gzip', async () => Buffer.concat(Array(1024).fill(zlib.gzipSync(Buffer.alloc(MEBIBYTE))))],
  ['br', compressWithBrotli],
];

async function compressWithBrotli(): Promise<Buffer> {
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 };
  const zeros = Array<Buffer>(1024).fill(Buffer.alloc(MEBIBYTE));
  return Buffer.concat(
    await Readable.from(zeros).pipe(zlib.createBrotliCompress({ params })).toArray(),
  );
}

for (const [encoding, makeBomb] of bombs) {
  test(`1 GiB of zeros in ${encoding} stops at the limit, in little memory and off the loop`, async () => {
    const bomb = await makeBomb();
    const start = process.memoryUsage.rss();
    let most = start;
    let longest = 0;
    let last = performance.now();
    const ticks = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      most = Math.max(most, process.memoryUsage.rss());
    }, 1);
    const began = process.cpuUsage();
    for (let i = 0; i < 10; i++) assert.equal((await inflate(bomb, encoding)).status, 413);
    const took = process.cpuUsage(began).user / 1000;
    clearInterval(ticks);
    const grown = Math.max(most, process.memoryUsage.rss()) - start;
    assert.ok(grown < 64 * MEBIBYTE, `grew by ${Math.round(grown / MEBIBYTE)} MiB`);
    // Measured: 100 ms for the ten, and 5 ms at a stretch. One bomb inflated in full takes a second
    assert.ok(took < 3000, `took ${Math.round(took)} ms`);
    assert.ok(longest < 500, `the loop stood still for ${Math.round(longest)} ms`);
  });
}
