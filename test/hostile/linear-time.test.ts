import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decode, encode, isCloudEvent } from '../../src/cloudevents';
import { cloudEventToLegacy } from '../../src/google/from-cloud-event';
import { unwrapPubsubPush } from '../../src/google/pubsub';
import { legacyToCloudEvent } from '../../src/google/to-cloud-event';
import { decodeBody } from '../../src/http/body/decode';
import { mediaTypeOf } from '../../src/http/files/mime-types';
import {
  accepts,
  acceptsCharsets,
  acceptsEncodings,
  acceptsLanguages,
} from '../../src/http/headers/accept';
import { isFresh } from '../../src/http/headers/conditional';
import { contentDisposition } from '../../src/http/headers/content-disposition';
import { serializeSetCookie } from '../../src/http/headers/cookie';
import { matchMediaType, withCharset } from '../../src/http/headers/media-type';
import { parseRange } from '../../src/http/headers/range';
import { addressesOf, hostnameOf, protocolOf, subdomainsOf } from '../../src/http/request/origin';
import { routeTest } from '../../src/http/request/route-pattern';
import { findMalformedSegment, pathOf, queryOf, routeParams } from '../../src/http/request/target';
import { traceContext } from '../../src/http/request/trace-context';
import { trustTest } from '../../src/http/request/trust-proxy';
import { encodeUrl, mergeVary } from '../../src/http/response/headers';
import { contentTypeOf } from '../../src/http/response/send';
import { ignoredRoutes } from '../../src/server/ignored-routes';
import { requestWith } from './request-with';

/** A parser, fed with a text. What it says or throws does not matter here. */
type Parser = (text: string) => unknown;

/**
 * Texts that are long in the way that hurts: one character or word all along, what opens and never
 * closes, what nearly matches.
 */
const pieces = [
  'a',
  ' ',
  '\t',
  '\\',
  '"',
  '%',
  '%5B',
  '%ff',
  '%25',
  '&',
  '=',
  '&=',
  'a=1&',
  'a&',
  '[',
  ']',
  '[]',
  '[a]',
  '[0]',
  '[a',
  'a[0]=1&',
  'a[b]=1&',
  'a[]=1&',
  '+',
  ',',
  ', ',
  ';',
  '; ',
  ';=',
  ';a=',
  ';a="',
  ';a="\\"',
  ';a=" ,',
  ',;q=',
  ',*/*;q=0.1',
  'a/b,',
  'a/',
  '/',
  '//',
  '/a',
  '/../',
  '-',
  '-1,',
  '0-0,',
  '1-,',
  '--',
  ':',
  '::',
  '.',
  'a.',
  '..',
  '#',
  '?',
  '@',
  '*',
  '{',
  '}',
  '[{',
  '{"a":',
  '""',
  '",',
  '\\u0000',
  '\\"',
  '00',
  '0',
  '1',
  '1e',
  'W/"a",',
  '"a",',
  'no-cache,',
  'projects/',
  'projects/a',
  '/topics/',
  '/locations/',
  'é',
  '\u0080',
  '\ud800',
  '\ud83d\ude00',
  '\n',
  '\r\n',
  '\0',
  'text/',
  '=?',
  '(',
  ')',
  '~',
  '__proto__',
] as const;

const wholes: [head: string, tail: string][] = [
  ['', ''],
  ['a', 'b'],
  ['{"a":"', '"}'],
  ['text/plain; a="', ''],
  ['//', '/x'],
];

const event = { specversion: '1.0', id: '1', source: '/s', type: 't' };
const ce = ['ce-id', '1', 'ce-source', '/s', 'ce-type', 't', 'ce-specversion', '1.0'];
const isBelowRoute = routeTest('/*a/a/*b/c,/:x:y:z-');
const form: Parser = (text) => decodeBody(Buffer.from(text), 'application/x-www-form-urlencoded');

const parsers: Record<string, Parser> = {
  form,
  'form in Latin-1': (text) =>
    decodeBody(Buffer.from(text), 'application/x-www-form-urlencoded; charset=iso-8859-1'),
  JSON: (text) => decodeBody(Buffer.from(text), 'application/json'),
  'text in UTF-32': (text) => decodeBody(Buffer.from(text), 'text/plain; charset=utf-32'),
  'text in windows-1252': (text) =>
    decodeBody(Buffer.from(text), 'text/plain; charset=windows-1252'),
  'Content-Type': (text) => decodeBody(Buffer.from('{}'), text),
  'media types': (text) => matchMediaType(text, ['json', 'text/*', '+xml', 'multipart']),
  'patterns of media types': (text) => matchMediaType('text/plain', [text]),
  'file names': (text) => [mediaTypeOf(text), contentTypeOf(text)],
  charset: withCharset,
  Accept: (text) => [accepts(text, ['json', 'text/html; level=1']), accepts(text, [])],
  'Accept-Encoding': (text) => [acceptsEncodings(text, ['gzip', 'br']), acceptsEncodings(text, [])],
  'Accept-Charset': (text) => [acceptsCharsets(text, ['utf-8']), acceptsCharsets(text, [])],
  'Accept-Language': (text) => [
    acceptsLanguages(text, ['en-GB', 'de']),
    acceptsLanguages(text, []),
  ],
  Range: (text) => [parseRange(1000, text), parseRange(1e9, text, true)],
  'If-None-Match': (text) => freshness(text, undefined, undefined),
  'If-Modified-Since': (text) => freshness(undefined, text, undefined),
  'Cache-Control': (text) => freshness('"a"', undefined, text),
  'request targets': (text) => [pathOf(text), queryOf(text), findMalformedSegment(text)],
  'segments of paths': routeParams,
  'absolute targets': (text) => pathOf(`http:${text}`),
  'trace contexts': (text) => [
    traceContext(requestWith({ 'x-cloud-trace-context': text })),
    traceContext(requestWith({ traceparent: text })),
  ],
  'X-Forwarded': (text) =>
    ['x-forwarded-for', 'x-forwarded-proto'].map((name) => {
      const req = requestWith({ [name]: text });
      return [addressesOf(req), protocolOf(req)];
    }),
  'trusted proxies': (text) => trustTest('10.0.0.0/8')(text, 0),
  hosts: (text) => [hostnameOf(text), subdomainsOf(hostnameOf(text))],
  'events in binary mode': (text) => decode([...ce, 'ce-subject', text]),
  'content types of events': (text) => decode([...ce, 'content-type', text], 'x'),
  'sources of events': (text) => decode(['ce-source', text, ...ce.slice(0, 2), ...ce.slice(4)]),
  'times of events': (text) => isCloudEvent({ ...event, time: text }),
  'schemas of events': (text) => isCloudEvent({ ...event, dataschema: text }),
  'names of attributes': (text) => decode([...ce, `ce-${text}`, '1']),
  'white space around fields': (text) => decode({ 'ce-id': text }),
  'structured events': (text) => decode({ 'content-type': 'application/cloudevents+json' }, text),
  'members of events': (text) =>
    decode(
      { 'content-type': 'application/cloudevents+json' },
      JSON.stringify({ ...event, n: 1, data: text, [text]: 1 }),
    ),
  batches: (text) => decode({ 'content-type': 'application/cloudevents-batch+json' }, `[${text}]`),
  'base64 data': (text) =>
    decode(
      { 'content-type': 'application/cloudevents+json' },
      JSON.stringify({ ...event, data_base64: text }),
    ),
  'events to send': (text) => encode({ ...event, subject: text }),
  'legacy resources': (text) =>
    ['storage.object.finalize', 'firebase.database.ref.write'].map((name) =>
      legacyToCloudEvent({
        data: {},
        domain: text,
        context: { eventId: '1', eventType: `google.${name}`, resource: text },
      }),
    ),
  'sources to convert': (text) =>
    cloudEventToLegacy({
      ...event,
      specversion: '1.0',
      type: 'google.firebase.database.ref.v1.written',
      source: text,
      subject: text,
    }),
  'paths of pushes': (text) =>
    unwrapPubsubPush({ subscription: 's', message: { data: '', messageId: '1' } }, text),
  'plain routes': (text) => ignoredRoutes(null, true)?.(`/favicon.ico${text}`),
  'routes with wildcards': (text) => isBelowRoute(`/${text}`),
  cookies: (text) => serializeSetCookie('a', text, { path: '/' }),
  'domains of cookies': (text) => serializeSetCookie('a', 'b', { domain: text }),
  Location: encodeUrl,
  'Content-Disposition': contentDisposition,
  Vary: (text) => mergeVary(text, text),
};

function freshness(ifNoneMatch?: string, ifModifiedSince?: string, cacheControl?: string): unknown {
  return isFresh(
    { ifNoneMatch, ifModifiedSince, cacheControl },
    { etag: '"b"', lastModified: 'Thu, 01 Jan 1970 00:00:00 GMT' },
  );
}

/** Long enough that what grows with the square takes a while, short enough that lines do not. */
const LENGTH = 2048;

/**
 * Four times the text may take this many times as long, and more only once: a square takes 16 times as
 * long each time, the collection of garbage leaps.
 */
const FACTOR = 9;

/** What is quicker is not looked at twice: the clock is too coarse. */
const QUICK_MS = 2;

describe('time grows with the length of what is parsed, not with its square', () => {
  for (const [name, parse] of Object.entries(parsers)) {
    test(name, () => {
      for (const piece of pieces) {
        for (const [head, tail] of wholes) {
          const long = head + piece.repeat((4 * LENGTH) / piece.length) + tail;
          if (timeOf(parse, long, 1) < QUICK_MS) continue;
          const times = [1, 4, 16].map((factor) =>
            timeOf(parse, head + piece.repeat((factor * LENGTH) / piece.length) + tail, 4),
          );
          const what = JSON.stringify(`${head}${piece}…${tail}`);
          assert.ok(!isSquare(times), `${what} takes ${times} ms as it gets four times as long`);
        }
      }
    });
  }
});

function isSquare(times: number[]): boolean {
  return times
    .slice(1)
    .every((time, at) => time > QUICK_MS && time > FACTOR * (times[at] as number));
}

/** Milliseconds of the processor, whatever else the machine does: the least of some runs. */
function timeOf(parse: Parser, text: string, runs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    try {
      parse(text);
    } catch {
      // Refused: as good an answer as any.
    }
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    if (least > 50) break;
  }
  return least;
}
