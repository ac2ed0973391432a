import { decode, encode, isCloudEvent } from '../../src/cloudevents';
import type { CloudEvent } from '../../src/cloudevents/event';
import { isRefusal } from '../../src/errors';
import {
  accepts,
  acceptsCharsets,
  acceptsEncodings,
  acceptsLanguages,
} from '../../src/http/accept';
import { decodeBody } from '../../src/http/decode-body';
import { isFresh } from '../../src/http/fresh';
import { inflateBody } from '../../src/http/inflate';
import { matchMediaType, parseMediaType } from '../../src/http/media-type';
import { parseRange } from '../../src/http/range';
import { addressesOf, hostnameOf, protocolOf, subdomainsOf } from '../../src/http/request-origin';
import { findMalformedSegment, pathOf, queryOf } from '../../src/http/request-target';
import { routeTest } from '../../src/http/route-pattern';
import { traceContext } from '../../src/http/trace-context';
import { readTrustProxy } from '../../src/http/trust-proxy';
import { cloudEventToLegacy } from '../../src/legacy/from-cloud-event';
import { readLegacyEvent } from '../../src/legacy/legacy-event';
import { unwrapPubsubPush } from '../../src/legacy/pubsub';
import { legacyToCloudEvent } from '../../src/legacy/to-cloud-event';
import { requestWith } from '../hostile/request-with';
import type { Random } from './random';

/** A decoder and what it is fed with. */
export interface Target {
  /** Words that its grammar is made of. */
  words: readonly string[];
  /** Whole texts that it understands, to be mutated. */
  seeds: readonly string[];
  /** Decodes and checks what came out. Refusals are thrown; any other error is a finding. */
  decode(text: string, random: Random): unknown;
}

const formWords = [
  'a',
  'b',
  '=',
  '&',
  '[',
  ']',
  '[]',
  '[0]',
  '[1]',
  '[99]',
  '[1000]',
  '[a]',
  '%5B',
  '%5d',
  '%',
  '%2',
  '%ff',
  '+',
  '__proto__',
  'constructor',
  'toString',
  '1',
  '',
  '%C3%A9',
  '=&',
  '][',
  'hasOwnProperty',
  'é',
  '[-1]',
  '[1e3]',
];
const fieldWords = [
  'a',
  'text',
  '/',
  'html',
  '*',
  ';',
  ',',
  ' ',
  '\t',
  '=',
  '"',
  '\\',
  'q=',
  '0',
  '0.5',
  '1',
  '-',
  'charset',
  'utf-8',
  'application/json',
  '+json',
  '__proto__',
  'constructor',
  'en',
  'en-GB',
  'gzip',
  'identity',
  'é',
  '.',
  '""',
  'level',
];
const jsonWords = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  '\\',
  '\\u',
  '1',
  '-',
  '1e9',
  'null',
  'true',
  '"id"',
  '"source"',
  '"type"',
  '"specversion"',
  '"1.0"',
  '"0.3"',
  '"data"',
  '"data_base64"',
  '"__proto__"',
  '"context"',
  '"resource"',
  '"eventId"',
  '"message"',
  '"attributes"',
  '"subscription"',
  '"time"',
  ' ',
  '\n',
  '"a"',
  '""',
  '"datacontenttype"',
  '\ufeff',
];
const uriWords = [
  '/',
  '//',
  ':',
  'a',
  'http:',
  '?',
  '#',
  '%',
  '%41',
  '%ff',
  '[',
  ']',
  '@',
  '.',
  '..',
  '*',
  '\\',
  ' ',
  'projects/p',
  'topics/t',
  'é',
  '::1',
  '~',
  'favicon.ico',
  '%2f',
  '%00',
];
const event =
  '"specversion":"1.0","id":"1","source":"//a/b","type":"google.cloud.pubsub.topic.v1.messagePublished"';
const structured = [
  `{${event},"time":"2020-01-01T00:00:00Z","data":{"message":{"data":"eA==","attributes":{"a":"b"}}}}`,
  `{${event},"datacontenttype":"text/plain","data_base64":"AAEC"}`,
  '{"specversion":"0.3","id":"1","source":"/s","type":"t","datacontentencoding":"base64","data":"eA=="}',
  `{${event.replace('pubsub.topic.v1.messagePublished', 'storage.object.v1.finalized')},"subject":"objects/a"}`,
];
const legacy = [
  '{"data":{"a":1},"context":{"eventId":"1","timestamp":"2020-01-01T00:00:00Z","eventType":"google.pubsub.topic.publish","resource":{"service":"pubsub.googleapis.com","name":"projects/p/topics/t"}}}',
  '{"eventId":"1","eventType":"providers/cloud.firestore/eventTypes/document.write","resource":"projects/p/databases/(default)/documents/a/b","data":{}}',
  '{"eventId":"1","eventType":"providers/google.firebase.database/eventTypes/ref.write","resource":"projects/_/instances/i/refs/r","domain":"europe-west1.firebasedatabase.app","data":{"delta":1}}',
  '{"data":{"uid":"u","metadata":{"createdAt":"x"}},"context":{"eventId":"1","eventType":"providers/firebase.auth/eventTypes/user.create","resource":"projects/p"}}',
  '{"subscription":"s","message":{"data":"eA==","messageId":"1","attributes":{"a":"b"},"orderingKey":"k"}}',
];

const body = (type: string, words: readonly string[], seeds: readonly string[]): Target => ({
  words,
  seeds,
  decode: (text, random) => decodeBody(Buffer.from(text, random.pick(['utf8', 'latin1'])), type),
});

const field = (
  words: readonly string[],
  seeds: readonly string[],
  decodeField: (text: string) => unknown,
): Target => ({
  words,
  seeds,
  decode: decodeField,
});

/** Every pure decoder. */
export const targets: Record<string, Target> = {
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
      expect(!JSON.stringify(value).includes('"__proto__":'), 'a form drops __proto__');
      JSON.stringify(value);
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
      parseMediaType(text),
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
        inflateBody(Buffer.from(text, 'latin1'), encoding, 1000, (error, bytes) => {
          if (error !== null) reject(error);
          else if (bytes === undefined || bytes.length > 1000) reject(new Error('over the limit'));
          else resolve();
        });
      }),
  },
  'binary-event': {
    words: [...fieldWords, '%', '%20', '%ff', '2020-01-01T00:00:00Z'],
    seeds: [
      '//a/b',
      'application/json',
      '2020-01-01T00:00:00Z',
      'Euro%20%E2%82%AC',
      '"quoted \\" text"',
    ],
    decode(text, random) {
      const headers = ['ce-id', '1', 'ce-source', '/s', 'ce-type', 't', 'ce-specversion', '1.0'];
      const name = random.pick([
        'ce-subject',
        'ce-time',
        'ce-source',
        'content-type',
        'ce-a',
        'traceparent',
        `ce-${text}`,
      ]);
      const event = decode([...headers, name, text], Buffer.from(text), { traceparent: true });
      roundTrip(event as CloudEvent);
    },
  },
  'structured-event': {
    words: jsonWords,
    seeds: structured,
    decode(text) {
      const found = decode({ 'content-type': 'application/cloudevents+json' }, text) as CloudEvent;
      roundTrip(found);
      cloudEventToLegacy(found);
    },
  },
  'batched-events': {
    words: jsonWords,
    seeds: [`[${structured[0]},${structured[1]}]`, '[]'],
    decode(text) {
      const found = decode({ 'content-type': 'application/cloudevents-batch+json' }, text);
      expect(Array.isArray(found) && found.every(isCloudEvent), 'a batch has events');
    },
  },
  legacy: {
    words: jsonWords,
    seeds: legacy,
    decode(text) {
      const value = decodeBody(Buffer.from(text), 'application/json');
      readLegacyEvent(value);
      const push = unwrapPubsubPush(value, '/projects/p/topics/t');
      const found = legacyToCloudEvent(push === undefined ? value : push.body);
      if (found !== undefined) cloudEventToLegacy(found);
    },
  },
  push: field(uriWords, ['/projects/p/topics/t?x=1'], (text) =>
    unwrapPubsubPush({ subscription: 's', message: { data: '', messageId: '1' } }, text),
  ),
  route: {
    words: ['/', 'a', ':b', '*c', '{', '}', '\\', '.', ',', ' ', ':', '*', '(', '?'],
    seeds: ['/a/:b', '/healthz,/a{/b}', '/*c/x'],
    decode(text, random) {
      const test = refusing(() => routeTest(text));
      test?.(`/${random.words(uriWords, 20)}`);
    },
  },
};

/** An event that was decoded is valid, and what is sent of it is decoded to the same. */
function roundTrip(event: CloudEvent): void {
  expect(isCloudEvent(event), 'what was decoded is an event');
  const { headers, body } = encode(event, 'structured');
  const again = decode(headers, body) as CloudEvent;
  expect(again.id === event.id && again.source === event.source, 'the same event comes back');
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

/** Feeds a decoder with one input; throws for whatever is no refusal. */
export async function feed(target: Target, text: string, random: Random): Promise<void> {
  try {
    const result = target.decode(text, random);
    if (result instanceof Promise) await result;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { status, message } = error;
    expect(status >= 400 && status < 500, `a refusal has a status of the client: ${status}`);
    expect(message.length < 1000, 'a refusal does not echo what was sent');
  }
}

function expect(condition: boolean, rule: string): void {
  if (!condition) throw new Error(`Broken: ${rule}.`);
}
