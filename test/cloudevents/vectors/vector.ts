/**
 * What messages decode to and what events encode to, as data. Names say the behaviour; every group
 * cites the rule. Events and headers are built on a common base, so each vector shows its difference.
 */

export interface DecodeVector {
  about: string;
  /** Names and values in turn, as node's rawHeaders. */
  headers: string[];
  body: Buffer;
  /** The decoded event or batch, or the status of the error and words of its message. */
  expected: Record<string, unknown> | Record<string, unknown>[] | { status: number; says: RegExp };
}

export interface EncodeVector {
  about: string;
  event: Record<string, unknown> | Record<string, unknown>[];
  /** undefined: binary where that can carry the event. */
  mode: 'binary' | 'structured' | 'batch' | undefined;
  /** Header fields that must be there with that value, undefined for absent. */
  headers?: Record<string, string | undefined>;
  body?: unknown;
  /** Words of the error, for events that must not be sent. */
  refused?: RegExp;
}

export const base = {
  specversion: '1.0',
  id: 'A1',
  source: '/s',
  type: 'com.example.t',
  time: '2020-01-02T03:04:05Z',
};

export const json = { 'content-type': 'application/json' };
export const bytes = Buffer.from([0x00, 0xff, 0x10, 0xc0]);

/** Binary mode: the base, with `fields` replaced or added; undefined takes one away. */
export function binary(
  about: string,
  fields: Record<string, string | undefined>,
  body: string | Buffer,
  expected: DecodeVector['expected'],
): DecodeVector {
  const attributes = Object.entries(base).map(([name, value]) => [`ce-${name}`, value]);
  const all: Record<string, string | undefined> = { ...Object.fromEntries(attributes), ...fields };
  const headers = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  );
  return { about, headers, body: Buffer.from(body as string), expected };
}

/** Binary mode with a JSON body and one field more; gives the event's attributes beside the data, undefined for absent. */
export function field(name: string, value: string, expected: Record<string, unknown> | RegExp) {
  const about = `${name}: ${value.length > 60 ? `${value.slice(0, 60)}…` : value}`;
  return expected instanceof RegExp
    ? binary(about, { ...json, [name]: value }, '{"a":1}', { status: 400, says: expected })
    : binary(about, { ...json, [name]: value }, '{"a":1}', {
        ...present({ ...base, datacontenttype: 'application/json', ...expected }),
        data: { a: 1 },
      });
}

/** The members that are not undefined. */
export function present(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export function event(rest: Record<string, unknown>): Record<string, unknown> {
  return { ...base, ...rest };
}

/** Structured mode: the base, with `members` replaced or added; undefined takes one away. */
export function structured(
  about: string,
  members: Record<string, unknown> | string | Buffer,
  expected: Record<string, unknown> | RegExp | { status: number; says: RegExp },
  contentType = 'application/cloudevents+json',
): DecodeVector {
  const isText = typeof members === 'string' || Buffer.isBuffer(members);
  const body = isText
    ? Buffer.from(members as string)
    : Buffer.from(JSON.stringify(event(members)));
  return {
    about,
    headers: ['content-type', contentType],
    body,
    expected: expected instanceof RegExp ? { status: 400, says: expected } : expected,
  };
}

export function batch(
  about: string,
  text: unknown,
  expected: Record<string, unknown>[] | { status: number; says: RegExp },
  contentType = 'application/cloudevents-batch+json',
): DecodeVector {
  const body = Buffer.from(typeof text === 'string' ? text : JSON.stringify(text));
  return { about, headers: ['Content-Type', contentType], body, expected };
}

export const refused = (says: RegExp) => ({ status: 400, says });
export const data = { a: 1 };
export const jsonType = { datacontenttype: 'application/json' };
export const baseText = JSON.stringify(base).slice(1, -1);
export const typed = (type: string, value: unknown) =>
  event({ datacontenttype: type, data: value });
export const typeOnly = (type: string) => ({ 'content-type': type });
