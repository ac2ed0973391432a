import { EventEmitter } from 'node:events';
import { EXPRESS_4, LENIENT, parseMediaType, STRICT } from '../../src/core/media-type';
import { decodeBody } from '../../src/http/body/decode';
import { inflateBody } from '../../src/http/body/inflate';
import {
  accepts,
  acceptsCharsets,
  acceptsEncodings,
  acceptsLanguages,
} from '../../src/http/headers/accept';
import { isFresh } from '../../src/http/headers/conditional';
import { matchMediaType } from '../../src/http/headers/media-type';
import { parseRange } from '../../src/http/headers/range';
import { addressesOf, hostnameOf, protocolOf, subdomainsOf } from '../../src/http/request/origin';
import { routeTest } from '../../src/http/request/route-pattern';
import { findMalformedSegment, pathOf, queryOf } from '../../src/http/request/target';
import { traceContext } from '../../src/http/request/trace-context';
import { readTrustProxy } from '../../src/http/request/trust-proxy';
import { requestWith } from '../hostile/request-with';
import { expect, field, type Target } from './target';
import { fieldWords, formWords, jsonWords, structured, uriWords } from './words';

/** The decoders of requests over HTTP. */
export const httpTargets: Record<string, Target> = {
  form: {
    words: formWords,
    seeds: [
      'a=1&b=2',
      'a[b][c]=1&a[b][d]=2',
      'a[]=1&a[]=2&a[5]=x',
      'a=1&a[b]=2&a[]=3',
      'a%5B0%5D=1&a[b]=%C3%A9',
    ],
    decode(text, random) {
      const charset = random.pick(['', '; charset=iso-8859-1', '; charset=utf-8']);
      const value = decodeBody(Buffer.from(text), `application/x-www-form-urlencoded${charset}`);
      expect(Object.getPrototypeOf(value) === Object.prototype, 'a form has Object’s prototype');
      JSON.stringify(value, (name, member: unknown) => {
        expect(name !== '__proto__', 'a form drops __proto__');
        return member;
      });
    },
  },
  json: body('application/json', jsonWords, structured),
  'json-utf16': body('application/json; charset=utf-16', jsonWords, structured),
  'text-utf32': body('text/plain; charset=utf-32', jsonWords, structured),
  'content-type': field(
    fieldWords,
    ['text/plain; charset=utf-8', 'application/json; a="b\\"c"'],
    (text) => [
      decodeBody(Buffer.from('{}'), text),
      parseMediaType(text, LENIENT),
      parseMediaType(text, STRICT),
      parseMediaType(text, EXPRESS_4),
      matchMediaType(text, ['json', '*/*', '+json']),
    ],
  ),
  'media-type-pattern': field(fieldWords, ['text/*', '+json'], (text) =>
    matchMediaType('text/html', [text]),
  ),
  accept: field(fieldWords, ['text/html;level=1;q=0.5, */*;q=0.1'], (text) => {
    const chosen = accepts(text, ['json', 'text/html']);
    expect(chosen === false || chosen === 'json' || chosen === 'text/html', 'an offer is chosen');
    return [accepts(text, []), accepts('text/html', [text])];
  }),
  'accept-others': field(fieldWords, ['gzip;q=0.5, *;q=0', 'en-GB, de;q=0.3'], (text) => [
    acceptsEncodings(text, ['gzip', 'br']),
    acceptsEncodings(text, []),
    acceptsLanguages(text, ['en-GB', 'de']),
    acceptsLanguages(text, []),
    acceptsCharsets(text, ['utf-8']),
    acceptsCharsets(text, []),
  ]),
  range: field(
    ['bytes', '=', '-', ',', '0', '1', '99', ' ', '9'.repeat(30), 'x', 'é'],
    ['bytes=0-1,5-', 'bytes=-5'],
    (text) => {
      for (const combine of [true, false]) {
        const ranges = parseRange(100, text, combine);
        if (typeof ranges === 'number') continue;
        for (const { start, end } of ranges) {
          expect(start >= 0 && start <= end && end < 100, `a part within: ${start}-${end}`);
        }
      }
    },
  ),
  fresh: {
    words: [
      '"a"',
      'W/',
      ',',
      ' ',
      '*',
      'no-cache',
      'Thu, 01 Jan 1970 00:00:00 GMT',
      '=',
      'x',
      '\t',
    ],
    seeds: ['W/"a", "b"', 'no-cache', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    decode(text, random) {
      const some = (): string | undefined => (random.below(2) === 0 ? text : undefined);
      return isFresh(
        { ifNoneMatch: some(), ifModifiedSince: some(), cacheControl: some() },
        { etag: some(), lastModified: some() },
      );
    },
  },
  'request-target': field(uriWords, ['/a/b?c=d#e', 'http://a:1/b?c', '*', '//a/b'], (text) => {
    expect(typeof pathOf(text) === 'string' && typeof queryOf(text) === 'string', 'texts');
    return findMalformedSegment(text);
  }),
  'trace-context': field(
    ['0', 'a', '-', '/', ';o=', '1', 'f'.repeat(16), '00-', 'x'],
    [`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, 'abc/123;o=1'],
    (text) => [
      traceContext(requestWith({ 'x-cloud-trace-context': text })),
      traceContext(requestWith({ traceparent: text })),
    ],
  ),
  origin: field(uriWords, ['1.2.3.4, ::1', '[::1]:80', 'a.b.c:80'], (text) => {
    const req = requestWith({ 'x-forwarded-for': text, 'x-forwarded-proto': text, host: text });
    return [addressesOf(req), protocolOf(req), subdomainsOf(hostnameOf(text))];
  }),
  'trust-proxy': field(
    ['10.0.0.0', '/', '8', ',', '::1', 'loopback', 'true', ' ', '-', '1'],
    ['10.0.0.0/8,loopback', '2'],
    (text) => refusing(() => readTrustProxy(text, '--trust-proxy')),
  ),
  inflate: {
    words: ['\x1f\x8b\x08', '\0', '\x78\x9c', '\xff', 'x', '\x01'],
    seeds: [
      '\x1f\x8b\x08\0\0\0\0\0\0\x03KLJ\x06\0\xc2A$5\x03\0\0\0',
      '\x78\x9cKLJ\x06\0\x02M\x01\x27',
      '\x8b\x01\x80abc\x03',
    ],
    decode: (text, random) =>
      new Promise<void>((resolve, reject) => {
        const encoding = random.pick(['gzip', 'deflate', 'br', 'identity', 'x', 'gzip, br']);
        inflateBody(
          Buffer.from(text, 'latin1'),
          encoding,
          1000,
          new EventEmitter(),
          (error, bytes) => {
            if (error !== null) reject(error);
            else if (bytes === undefined || bytes.length > 1000)
              reject(new Error('over the limit'));
            else resolve();
          },
        );
      }),
  },
  route: {
    words: ['/', 'a', ':b', '*c', '{', '}', '\\', '.', ',', ' ', ':', '*', '(', '?'],
    seeds: ['/a/:b', '/healthz,/a{/b}', '/*c/x'],
    decode(text, random) {
      const test = refusing(() => routeTest(text));
      test?.(`/${random.words(uriWords, 20)}`);
    },
  },
};

/** The target of a body of this type. */
function body(type: string, words: readonly string[], seeds: readonly string[]): Target {
  return {
    words,
    seeds,
    decode: (text, random) => decodeBody(Buffer.from(text, random.pick(['utf8', 'latin1'])), type),
  };
}

/** The value, or nothing when it was refused as an option. */
function refusing<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'INVALID_OPTION') throw error;
    return undefined;
  }
}
