// What the clients of the soak send: for each function, requests with the answers they must get.
import http from 'node:http';

const json = { 'content-type': 'application/json' };
const megabyte = Buffer.alloc(1024 * 1024, 'x');
const event = { specversion: '1.0', id: '7', source: '/soak', type: 'soak', data: { a: 1 } };
const { data, ...attributes } = event;

/** @type {Record<string, object[]>} */
export const workload = {
  http: [
    { path: '/hello', text: 'hello' },
    { path: '/echo', headers: json, body: JSON.stringify(event), text: JSON.stringify(event) },
    { path: '/upload', body: megabyte, text: String(megabyte.length) },
    { path: '/stream', text: `${'x'.repeat(40_000)}end` },
    { path: '/fault', status: 500 },
    { path: '/slow', abortAfter: 20 },
    { path: '/stream', abortAfter: 10 },
    { path: '/upload', body: megabyte, abortAfter: 1 },
  ],
  cloudevent: [
    { headers: { ...json, ...binary(attributes) }, body: JSON.stringify(data), status: 204 },
    {
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
      status: 204,
    },
    {
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify([event, { ...event, id: '8' }, { ...event, id: '9' }]),
      status: 204,
    },
    { headers: json, body: '{"no":"event"}', status: 400 },
  ],
  event: [
    {
      headers: json,
      body: JSON.stringify({ data: { a: 1 }, context: { eventId: '7', eventType: 'soak' } }),
      status: 204,
    },
  ],
  typed: [
    { headers: json, body: '{"a":1,"b":2}', text: '{"sum":3}' },
    { headers: json, body: '{"a":', status: 400 },
  ],
  web: [{ body: 'text', text: 'TEXT' }],
};

function binary(attributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]),
  );
}

/** Sends one request. Resolves with what is wrong with its answer, if anything. */
export function exchange(port, agent, request) {
  const { path = '/', headers = {}, body, abortAfter } = request;
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const method = body === undefined ? 'GET' : 'POST';
    const options = { port, path, agent, method, headers: { ...headers, ...length } };
    const outgoing = http.request(options, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(compare(request, response.statusCode, parts)));
      response.on('error', () => {});
    });
    outgoing.on('error', ({ code, message }) => {
      resolve(abortAfter === undefined ? `${path}: ${code ?? message}` : undefined);
    });
    outgoing.on('close', () => resolve(undefined));
    outgoing.end(body);
    if (abortAfter !== undefined) setTimeout(() => outgoing.destroy(), abortAfter);
  });
}

function compare({ path = '/', status = 200, text }, got, parts) {
  if (got !== status) return `${path}: ${got} in place of ${status}: ${Buffer.concat(parts)}`;
  if (text !== undefined && Buffer.concat(parts).toString() !== text) return `${path}: other body`;
  return undefined;
}
