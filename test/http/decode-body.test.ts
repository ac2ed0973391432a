import assert from 'node:assert/strict';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { HttpError } from '../../src/errors';
import { decodeBody } from '../../src/http/decode-body';
import { inflateBody } from '../../src/http/inflate';

const bytes = Buffer.from([0x41, 0x80, 0x81, 0x9f, 0xe4]);

for (const charset of ['windows-1252', 'cp1252', 'Windows-1252']) {
  test(`text in ${charset} has a euro sign at 0x80, in every version of Node`, () => {
    assert.equal(decodeBody(bytes, `text/plain; charset=${charset}`), 'A€\x81Ÿä');
  });
}

test('all of windows-1252 is read as the Encoding Standard says', () => {
  const all = Buffer.from(Array.from({ length: 32 }, (_, at) => 0x80 + at));
  const text = decodeBody(all, 'text/plain; charset=windows-1252');
  assert.equal(text, '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ');
});

for (const charset of ['iso-8859-1', 'latin1']) {
  test(`text in ${charset} keeps the control characters at 0x80`, () => {
    assert.equal(decodeBody(bytes, `text/plain; charset=${charset}`), 'A\x80\x81\x9fä');
  });
}

test('text in US-ASCII has no characters above 0x7f', () => {
  assert.equal(decodeBody(bytes, 'text/plain; charset=us-ascii'), 'A\ufffd\ufffd\ufffd\ufffd');
});

for (const encoding of ['gzip', 'deflate', 'br']) {
  test(`an empty body is no ${encoding} data`, async () => {
    await assert.rejects(inflate(Buffer.alloc(0), encoding), { status: 400 });
  });
  test(`${encoding} data that holds nothing is an empty body`, async () => {
    const nothing = Buffer.alloc(0);
    const compressed = {
      gzip: zlib.gzipSync(nothing),
      deflate: zlib.deflateSync(nothing),
      br: zlib.brotliCompressSync(nothing),
    }[encoding] as Buffer;
    assert.deepEqual(await inflate(compressed, encoding), nothing);
  });
}

function inflate(body: Buffer, encoding: string): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    inflateBody(body, encoding, 1000, (error, inflated) => {
      if (error instanceof HttpError) reject(error);
      else resolve(inflated);
    });
  });
}
