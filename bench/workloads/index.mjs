// The requests that are sent, and the one answer to each that counts as right.

/**
 * @typedef {object} Workload
 * @property {string} name
 * @property {import('../subjects/index.mjs').Target} target
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {string} [body] ASCII, so that its length is its size.
 * @property {number} status The expected status code.
 * @property {string} answer The expected body, byte for byte.
 */

/** @type {Workload} */
export const hello = {
  name: 'hello',
  target: 'http',
  method: 'GET',
  path: '/',
  headers: {},
  status: 200,
  answer: 'Hello, World!',
};

/** @type {Workload} */
export const heavyHello = { ...hello, name: 'heavy', target: 'heavy', answer: 'gs://b/hello.txt' };

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
  body: JSON.stringify(eventData),
  status: 204,
  answer: '',
};

/** @type {Workload} */
export const eventStructured = {
  ...eventBinary,
  name: 'event-structured',
  headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
  body: JSON.stringify({
    ...eventAttributes,
    datacontenttype: 'application/json',
    data: eventData,
  }),
};

/** @type {Workload[]} */
export const throughputWorkloads = [
  hello,
  echo(1024),
  upload(1024 * 1024),
  eventBinary,
  eventStructured,
];

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
  const body = pad(size - pad(0).length);
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
    body: 'x'.repeat(size),
    status: 200,
    answer: String(size),
  };
}
