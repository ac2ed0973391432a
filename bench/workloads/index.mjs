// The requests that are sent, and the one answer to each that counts as right.

import { createRequire } from 'node:module';

/**
 * @typedef {object} Workload
 * @property {string} name
 * @property {import('../subjects/index.mjs').Target} target
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {Buffer} [body]
 * @property {number} [connections] Where not as many as usual.
 * @property {boolean} [isLarge] Whether a request takes milliseconds, so that few are enough.
 * @property {number} status The expected status code.
 * @property {Buffer} answer The expected body, byte for byte.
 */

/** @type {Workload} */
export const hello = {
  name: 'hello',
  target: 'http',
  method: 'GET',
  path: '/',
  headers: {},
  status: 200,
  answer: Buffer.from('Hello, World!'),
};

/** @type {Workload} */
export const http2Hello = { ...hello, name: 'hello over HTTP/2', target: 'http2' };

const eventData = { order: 17, items: ['tea', 'milk'], total: 12.5 };
const eventAttributes = {
  specversion: '1.0',
  id: 'order-17',
  source: '/shop/till-4',
  type: 'com.example.order.placed',
  time: '2025-01-01T12:00:00Z',
};

/** @type {Workload} */
export const eventBinary = {
  name: 'event-binary',
  target: 'event',
  method: 'POST',
  path: '/event',
  headers: {
    'content-type': 'application/json',
    ...Object.fromEntries(
      Object.entries(eventAttributes).map(([key, value]) => [`ce-${key}`, value]),
    ),
  },
  body: Buffer.from(JSON.stringify(eventData)),
  status: 204,
  answer: Buffer.alloc(0),
};

/** @type {Workload} */
export const eventStructured = {
  ...eventBinary,
  name: 'event-structured',
  headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
  body: Buffer.from(
    JSON.stringify({ ...eventAttributes, datacontenttype: 'application/json', data: eventData }),
  ),
};

/** Ten events in one request. @type {Workload} */
export const eventBatch = {
  ...eventBinary,
  name: 'event-batch',
  headers: { 'content-type': 'application/cloudevents-batch+json' },
  body: Buffer.from(
    JSON.stringify(
      Array(10).fill({
        ...eventAttributes,
        datacontenttype: 'application/json',
        data: eventData,
      }),
    ),
  ),
};

/** As Eventarc sends Firestore's: the document is the bytes of a protocol buffer. @type {Workload} */
export const eventFirestore = {
  ...eventBinary,
  name: 'event-firestore',
  headers: {
    'content-type': 'application/protobuf',
    'ce-specversion': '1.0',
    'ce-id': 'write-3',
    'ce-source': '//firestore.googleapis.com/projects/shop/databases/(default)',
    'ce-subject': 'documents/orders/17',
    'ce-type': 'google.cloud.firestore.document.v1.written',
    'ce-time': '2025-01-01T12:00:00Z',
    'ce-document': 'orders/17',
    'ce-dataschema': 'https://github.com/googleapis/google-cloudevents/blob/main/proto/data.proto',
  },
  body: Buffer.from(Array.from({ length: 300 }, (_, index) => (index === 299 ? 0x2a : 0x0a))),
};

const require = createRequire(import.meta.url);
/** @type {{ compute: () => string, download: () => Buffer, messages: string[] }} */
const work = require('../subjects/work.cjs');

/** @type {Workload} */
const download = {
  ...hello,
  name: 'download',
  path: '/download',
  connections: 8,
  isLarge: true,
  answer: work.download(),
};

/** 20 server-sent events. @type {Workload} */
const stream = {
  ...hello,
  name: 'stream',
  path: '/stream',
  isLarge: true,
  answer: Buffer.from(work.messages.join('')),
};

/** 5 ms of computing. @type {Workload} */
const compute = {
  ...hello,
  name: 'compute',
  path: '/compute',
  connections: 8,
  isLarge: true,
  answer: Buffer.from(work.compute()),
};

/** What a throughput run can be made of. @type {Workload[]} */
export const throughputWorkloads = [
  hello,
  echo(1024),
  upload(1024 * 1024),
  download,
  stream,
  compute,
  eventBinary,
  eventStructured,
  eventBatch,
  eventFirestore,
];

/** Their names, in this order. */
export const workloadNames = throughputWorkloads.map(({ name }) => name);

/** @param {string[]} names */
export function workloadsNamed(names) {
  return throughputWorkloads.filter(({ name }) => names.includes(name));
}

/**
 * JSON of `size` bytes, parsed and written out again by the subject.
 * @param {number} size
 * @returns {Workload}
 */
export function echo(size) {
  const line = {
    id: 1001,
    name: 'a product of the shop',
    price: 9.75,
    tags: ['new', 'sale'],
    ok: true,
  };
  const room = size - JSON.stringify({ items: [], pad: '' }).length;
  const items = Array(Math.floor(room / (JSON.stringify(line).length + 1))).fill(line);
  const pad = (/** @type {number} */ length) => JSON.stringify({ items, pad: 'x'.repeat(length) });
  const body = Buffer.from(pad(size - pad(0).length));
  return {
    name: 'echo',
    target: 'http',
    method: 'POST',
    path: '/echo',
    headers: { 'content-type': 'application/json' },
    body,
    status: 200,
    answer: body,
  };
}

/**
 * `size` bytes that the subject counts.
 * @param {number} size
 * @returns {Workload}
 */
export function upload(size) {
  return {
    name: 'upload',
    target: 'http',
    method: 'POST',
    path: '/upload',
    headers: { 'content-type': 'application/octet-stream' },
    connections: 8,
    isLarge: true,
    body: Buffer.alloc(size, 'x'),
    status: 200,
    answer: Buffer.from(String(size)),
  };
}
