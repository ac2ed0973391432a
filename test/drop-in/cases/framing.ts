import zlib from 'node:zlib';
import type { WireRequest } from '../wire';
import { type Group, requestCase } from './kinds';
import { post } from './post';
import { settings } from './settings';

const megabytes33 = Buffer.alloc(33 * 1024 * 1024, 120);
const ok = { target: '/after' };
const requests: [string, WireRequest | WireRequest[]][] = [
  ['a GET without a body', {}],
  ['a POST without a length', { method: 'POST', headers: { 'Content-Type': 'text/plain' } }],
  ['a POST without type and length', { method: 'POST' }],
  ['a GET with a body', post('application/json', '{"a":1}', { method: 'GET' })],
  ['a DELETE with a body', post('text/plain', 'x', { method: 'DELETE' })],
  ['a HEAD with a body', post('text/plain', 'x', { method: 'HEAD' })],
  ['an OPTIONS with a body', post('text/plain', 'x', { method: 'OPTIONS' })],
  ['a PATCH', post('application/json', '{}', { method: 'PATCH' })],
  ['a PUT', post('application/x', '{}', { method: 'PUT' })],
  ['a QUERY', post('application/json', '{}', { method: 'QUERY' })],
  ['a PROPFIND', { method: 'PROPFIND' }],
  ['chunks of JSON', post('application/json', '{"a":1}', { chunked: true })],
  ['chunks of nothing as JSON', post('application/json', '', { chunked: true })],
  ['chunks of nothing as text', post('text/plain', '', { chunked: true })],
  ['chunks of nothing as bytes', post('a/b', '', { chunked: true })],
  ['chunks without a type', post(undefined, 'x', { chunked: true })],
  ['a body too long for one packet', post('a/b', Buffer.alloc(300_000, 'x'))],
  ['two bodies', [post('text/plain', 'one'), post('text/plain', 'two')]],
  ['a request after a 400', [post('application/json', '{'), ok]],
  ['a request after a 415', [post('text/plain; charset=nope', 'x'), ok]],
  [
    'a request after a 413 of parameters',
    [post('application/x-www-form-urlencoded', 'a&'.repeat(1001)), ok],
  ],
  [
    'a request after an encoding that is unknown',
    [post('application/json', '{}', { headers: { 'Content-Encoding': 'nope' } }), ok],
  ],
  [
    'a request after a corrupt encoding',
    [post('application/json', 'xx', { headers: { 'Content-Encoding': 'gzip' } }), ok],
  ],
  ['33 MiB', post('application/octet-stream', megabytes33)],
  [
    '33 MiB of gzip',
    post('application/octet-stream', zlib.gzipSync(megabytes33), {
      headers: { 'Content-Encoding': 'gzip' },
    }),
  ],
];

export const framingGroup: Group = {
  name: 'framing',
  cases: requests.map(([name, request]) => requestCase(name, settings.http, request)),
};
