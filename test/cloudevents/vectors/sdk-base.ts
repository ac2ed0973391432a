import { binary, type DecodeVector, structured } from './vector';

/**
 * What the official SDKs test their own receivers with, as cases of our own: those of conformance, Go, Java,
 * JavaScript, Python and Rust, as of August 2026. `time` is kept to the letter where they have a date.
 */
export const plain = {
  specversion: '1.0',
  id: '1',
  type: 'mock.test',
  source: 'http://localhost/source',
};
export const full = {
  ...plain,
  dataschema: 'http://localhost/schema',
  datacontenttype: 'application/json',
  subject: 'sub',
  time: '2018-04-26T14:48:09+02:00',
};
export const oldFull = {
  specversion: '0.3',
  id: '1',
  type: 'mock.test',
  source: 'http://localhost/source',
  schemaurl: 'http://localhost/schema',
  datacontenttype: 'application/json',
  subject: 'sub',
  time: '2018-04-26T14:48:09+02:00',
};

export type Members = Record<string, unknown>;

/** A message in binary mode with these attributes, whose event is the same with `data`. */
export function headers(about: string, event: Members, body: string | Buffer, data?: unknown) {
  const { datacontenttype, ...attributes } = event;
  const fields = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]);
  const all = { ...absent, ...Object.fromEntries(fields) };
  if (typeof datacontenttype === 'string') all['content-type'] = datacontenttype;
  return binary(about, all, body, data === undefined ? event : { ...event, data });
}

/** A message in structured mode, whose event is the same where nothing else is expected. */
export function envelope(
  about: string,
  members: Members,
  expected: Members = members,
): DecodeVector {
  return structured(about, JSON.stringify(members), expected);
}

export const absent: Record<string, string | undefined> = {
  'ce-specversion': undefined,
  'ce-id': undefined,
  'ce-source': undefined,
  'ce-type': undefined,
  'ce-time': undefined,
};

export const xml = { datacontenttype: 'application/xml' };
export const text = { datacontenttype: 'text/plain' };
export const helloWorld = Buffer.from('{"hello":"world"}').toString('base64');

export function fieldsOf(event: Members): Record<string, string> {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [`ce-${name}`, String(value)]),
  );
}
