import { NonRetryableError } from '../../../src/index';

export interface Outcome {
  about: string;
  /** What the function returns or throws. */
  act: () => unknown;
  status: number;
  headers?: Record<string, string | undefined>;
  body?: string;
  logs?: RegExp;
}

export const failure = (members: object): Error => Object.assign(new Error('broken'), members);
const fails = (members: object) => () => {
  throw failure(members);
};
const nothing = { body: '', headers: { 'content-length': undefined, 'content-type': undefined } };
const dropped = { status: 204, ...nothing, logs: /^\{"severity":"ERROR","message":"Not retried: / };
const again = { status: 500, body: 'broken', headers: { 'x-google-status': 'error' } };
const empty = { body: '', headers: { 'content-length': '0', 'content-type': undefined } };

/** What a function does, and the answer that comes of it. */
export const outcomes: Outcome[] = [
  { about: 'nothing', act: () => undefined, status: 204, ...nothing },
  { about: 'null', act: () => null, status: 204, ...nothing },
  {
    about: 'text',
    act: () => 'done',
    status: 200,
    body: 'done',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  },
  {
    about: 'an object',
    act: () => ({ ok: true }),
    status: 200,
    body: '{"ok":true}',
    headers: { 'content-type': 'application/json; charset=utf-8' },
  },
  { about: 'false', act: () => false, status: 200, body: 'false' },
  { about: 'a number', act: () => 202, status: 200, body: '202' },
  { about: 'status 202', act: () => ({ status: 202 }), status: 202, ...empty },
  { about: 'status 201', act: () => ({ status: 201 }), status: 201, ...empty },
  { about: 'status 410', act: () => ({ status: 410 }), status: 410, ...empty },
  // Webhook §2.2: without a payload it is 201 or 204, and never a redirect.
  { about: 'status 200 alone', act: () => ({ status: 200 }), status: 204, ...nothing },
  {
    about: 'status 204 with a body',
    act: () => ({ status: 204, body: 'x' }),
    status: 204,
    body: '',
  },
  ...[100, 304, 302, 600, 0, -1].map((status) => ({
    about: `status ${status}`,
    act: () => ({ status, headers: { location: '/x' } }),
    status: 500,
    headers: { location: undefined, 'x-google-status': 'error' },
    logs: new RegExp(`cannot be answered with status ${status}\\.`),
  })),
  {
    about: 'status 429 with fields',
    act: () => ({ status: 429, headers: { 'Retry-After': '7' } }),
    status: 429,
    headers: { 'retry-after': '7' },
  },
  {
    about: 'status 429 with seconds',
    act: () => ({ status: 429, retryAfter: 7 }),
    status: 429,
    headers: { 'retry-after': '7' },
  },
  {
    about: 'status 503 with a field that cannot be sent',
    act: () => ({ status: 503, headers: { 'x-why': 'a\nb' } }),
    status: 500,
    headers: { 'x-google-status': 'error', 'x-why': undefined },
    logs: /x-why/,
  },
  ...[{ specversion: 1 }, { specversion: null }, { specversion: '1.0', id: 'A1' }].map(
    (members) => ({
      about: `an event with ${JSON.stringify(members)}`,
      act: () => ({ data: 1, ...members }),
      status: 500,
      headers: { 'x-google-status': 'error' },
      logs: /The CloudEvent cannot be sent/,
    }),
  ),
  {
    about: 'status 429 alone',
    act: () => ({ status: 429 }),
    status: 429,
    headers: { 'retry-after': '1' },
  },
  {
    about: 'status and text',
    act: () => ({ status: 201, body: 'made' }),
    status: 201,
    body: 'made',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  },
  {
    about: 'text of a type',
    act: () => ({ headers: { 'Content-Type': 'text/plain' }, body: 'x' }),
    status: 200,
    body: 'x',
    headers: { 'content-type': 'text/plain' },
  },
  {
    about: 'status and bytes',
    act: () => ({ status: 200, body: Buffer.from('x') }),
    status: 200,
    body: 'x',
  },
  {
    about: 'what cannot be sent',
    act: () => ({ big: 1n }),
    status: 204,
    logs: /^Error serializing return value: TypeError/,
  },
  { about: 'an error', act: fails({}), ...again, logs: /^Error: broken\n/ },
  { about: 'a rejection', act: async () => Promise.reject(failure({})), ...again },
  { about: 'nothing thrown', act: () => Promise.reject(), status: 500 },
  {
    about: 'an error with status 202',
    act: fails({ status: 202 }),
    status: 202,
    ...empty,
    logs: /broken/,
  },
  ...[200, 201, 204, 206].map((status) => ({
    about: `an error with status ${status}`,
    act: fails({ status }),
    ...again,
  })),
  {
    about: 'an error with a field that cannot be sent',
    act: fails({ status: 429, retryAfter: 'a\nb' }),
    status: 500,
    headers: { 'x-google-status': 'error' },
    logs: /broken[\s\S]*Retry-After/,
  },
  { about: 'an error with status 302', act: fails({ status: 302 }), ...again },
  { about: 'an error with a text as status', act: fails({ status: '410' }), ...again },
  {
    about: 'the error of an HTTP client',
    act: fails({ status: 404, response: { status: 404 } }),
    ...again,
  },
  {
    about: 'an error with status 410',
    act: fails({ status: 410 }),
    status: 410,
    ...empty,
    logs: /broken/,
  },
  {
    about: 'an error with status 503',
    act: async () => fails({ status: 503 })(),
    status: 503,
    ...empty,
  },
  {
    about: 'an error with seconds',
    act: fails({ status: 429, retryAfter: 7 }),
    status: 429,
    headers: { 'retry-after': '7' },
  },
  {
    about: 'an error with a date',
    act: fails({ status: 503, retryAfter: new Date(0) }),
    status: 503,
    headers: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' },
  },
  {
    about: 'an error with fields',
    act: fails({ status: 429, headers: { 'retry-after': '9', 'X-Why': 'rate' } }),
    status: 429,
    headers: { 'retry-after': '9', 'x-why': 'rate' },
  },
  {
    about: 'an error with 429 alone',
    act: fails({ status: 429 }),
    status: 429,
    headers: { 'retry-after': '1' },
  },
  { about: 'NonRetryableError', act: () => Promise.reject(new NonRetryableError('x')), ...dropped },
  { about: 'not retryable', act: fails({ retryable: false }), ...dropped },
  {
    about: 'not retryable, with a status',
    act: fails({ retryable: false, status: 400 }),
    ...dropped,
  },
  { about: 'retryable', act: fails({ retryable: true }), ...again },
  { about: 'retryable is 0', act: fails({ retryable: 0 }), ...again },
];
