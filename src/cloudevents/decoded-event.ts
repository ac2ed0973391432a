import { HttpError } from '../core/errors';
import { findContextProblem, findSchemaProblem, quote } from './event';

/** The error for an invalid event: 400, with the problem. */
export function invalidEvent(problem: string): HttpError {
  return new HttpError(400, 'INVALID_CLOUDEVENT', `The CloudEvent is not valid: ${problem}.`);
}

/**
 * Checks the context attributes of an event. Empty optional attributes count as absent, and a schema
 * that is not a URI is dropped, since the event is usable without it. Valid events are checked once.
 *
 * @param warn called when a schema was dropped
 * @throws HttpError 400 `INVALID_CLOUDEVENT`
 */
export function requireContext(
  event: Record<string, unknown>,
  warn: ((message: string) => void) | undefined,
): void {
  if (findContextProblem(event) === undefined) return;
  const isVersion03 = event['specversion'] === '0.3';
  for (const name of isVersion03 ? optional03 : optional) {
    if (event[name] === '') delete event[name];
  }
  const { datacontenttype } = event;
  // A header value may contain a tab (RFC 9110 §5.6.3), a String may not.
  if (typeof datacontenttype === 'string') {
    event['datacontenttype'] = datacontenttype.replaceAll('\t', ' ');
  }
  const schema = isVersion03 ? 'schemaurl' : 'dataschema';
  const left = typeof event[schema] === 'string' ? findSchemaProblem(event, schema) : undefined;
  if (left !== undefined) delete event[schema];

  const problem = findContextProblem(event);
  if (problem !== undefined) throw invalidEvent(problem);
  if (left === undefined) return;
  warn?.(`The CloudEvent ${quote(event['id'])} is read without its ${schema}: ${left}.`);
}

const optional = ['datacontenttype', 'dataschema', 'subject', 'time'];
const optional03 = ['datacontentencoding', 'datacontenttype', 'schemaurl', 'subject', 'time'];

/**
 * Makes `JSON.stringify` write bytes as the JSON event format does. Only events with bytes get this
 * hidden method: all others already serialize as they should.
 */
export function defineToJSON(event: Record<string, unknown>): void {
  if (Buffer.isBuffer(event['data'])) Object.defineProperty(event, 'toJSON', bytesAsJson);
}

const bytesAsJson = { value: toJson, configurable: true, writable: true };

// JSON format §3.1.1: bytes go into data_base64; in version 0.3 datacontentencoding marks them.
function toJson(this: Record<string, unknown>): Record<string, unknown> {
  const { data, ...attributes } = this;
  if (!Buffer.isBuffer(data)) return { ...this };
  const text = data.toString('base64');
  return this['specversion'] === '0.3'
    ? { ...attributes, datacontentencoding: 'base64', data: text }
    : { ...attributes, data_base64: text };
}
