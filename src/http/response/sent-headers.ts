import type { OutgoingHttpHeaders } from 'node:http';

/** The value of a field in a flat list of names and values. */
export function sentHeader(fields: readonly string[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let at = 0; at < fields.length; at += 2) {
    if (fields[at]?.toLowerCase() === wanted) return fields[at + 1];
  }
  return undefined;
}

/** The field names of a flat list, in lower case as node:http gives them. */
export function sentNames(fields: readonly string[]): string[] {
  return fields.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
}

/** A flat list as the object that `getHeaders` returns. */
export function toHeaders(fields: readonly string[]): OutgoingHttpHeaders {
  const headers = Object.create(null) as OutgoingHttpHeaders;
  for (const name of sentNames(fields)) headers[name] = sentHeader(fields, name);
  return headers;
}
