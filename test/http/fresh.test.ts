import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFresh } from '../../src/http/headers/conditional';
import { expressDependency } from './express-dependency';

const fresh = expressDependency('fresh');

const DATES = [
  undefined,
  '',
  'Sat, 01 Jan 2000 00:00:00 GMT',
  'Sat, 01 Jan 2000 01:00:00 GMT',
  'Saturday, 01-Jan-00 00:00:00 GMT',
  'foo',
];

const IF_NONE_MATCH = [
  ...[undefined, '', '*', '"a"', 'W/"a"', '"b"', '"a", "b"', 'W/"b" , "a"', '"b",W/"a"', ' "a" '],
  ...['"a" "b"', '"b", *', '"b",', '\t"a"', '"a,b"', 'a', 'W/W/"a"', ',', '"A"', '\u00a0a'],
];

const ETAGS = [undefined, '', '"a"', 'W/"a"', '"a,b"', 'a', '"a" "b"', '\u00a0a', 'W/W/"a"'];

const CACHE_CONTROL = [
  ...[undefined, '', 'no-cache', ' no-cache ', 'max-age=0, no-cache', 'no-cache,max-age=0'],
  ...['max-age=0,\tno-cache\t, no-store', 'public', 'no-cached', 'x-no-cache', 'No-Cache'],
  ...['no-cache="a"', 'no cache', 'public,,no-cache'],
];

test('a response is fresh if the package fresh says so', () => {
  for (const ifNoneMatch of IF_NONE_MATCH) {
    for (const ifModifiedSince of DATES) {
      for (const etag of ETAGS) {
        for (const lastModified of DATES) {
          assertSame(ifNoneMatch, ifModifiedSince, undefined, etag, lastModified);
        }
      }
    }
  }
  for (const cacheControl of CACHE_CONTROL) {
    assertSame('"a"', undefined, cacheControl, '"a"', undefined);
    assertSame(undefined, DATES[2], cacheControl, undefined, DATES[2]);
  }
});

test('with any headers, a response is fresh if the package fresh says so', () => {
  const tags = fc.string({
    unit: fc.constantFrom('"', 'W/', 'a', 'b', ',', ' ', '*', '\t', '\u00a0'),
    maxLength: 9,
  });
  const directives = fc.string({
    unit: fc.constantFrom('no-cache', ',', ' ', '\t', 'a', '='),
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      fc.oneof(tags, fc.constantFrom(...IF_NONE_MATCH)),
      fc.constantFrom(...DATES),
      directives,
      fc.oneof(tags, fc.constantFrom(...ETAGS)),
      fc.constantFrom(...DATES),
      assertSame,
    ),
    { numRuns: 3000 },
  );
});

function assertSame(
  ifNoneMatch: string | undefined,
  ifModifiedSince: string | undefined,
  cacheControl: string | undefined,
  etag: string | undefined,
  lastModified: string | undefined,
): void {
  const request = { ifNoneMatch, ifModifiedSince, cacheControl };
  const response = { etag, lastModified };
  const expected = fresh(
    {
      'if-none-match': ifNoneMatch,
      'if-modified-since': ifModifiedSince,
      'cache-control': cacheControl,
    },
    { etag, 'last-modified': lastModified },
  );
  assert.equal(isFresh(request, response), expected, JSON.stringify([request, response]));
}

test('hostile conditions are evaluated in linear time', () => {
  const many = 400_000;
  const response = { etag: '"a"', lastModified: DATES[2] };
  const start = process.cpuUsage();
  for (const hostile of [' ', ',', ', ', '"', 'W/', '(', 'no-cache ', ', no-cache,x', '"b",']) {
    const text = `x${hostile.repeat(many)}x`;
    const none = { ifModifiedSince: undefined, cacheControl: undefined };
    isFresh({ ...none, ifNoneMatch: text }, response);
    isFresh({ ...none, ifNoneMatch: '"a"', cacheControl: text }, response);
    isFresh({ ...none, ifNoneMatch: undefined, ifModifiedSince: text }, response);
  }
  assert.ok(process.cpuUsage(start).user < 3_000_000);
});
