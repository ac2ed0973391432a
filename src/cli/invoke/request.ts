import http from 'node:http';
import { BarefnError } from '../../core/errors';
import type { SignatureType } from '../../core/registry';
import type { CommandLine } from '../../options/arguments';
import type { InvokeRequest } from '../../server/inject';
import { callForms } from '../call-forms';
import { readData } from '../events/data';
import { eventMessage } from '../events/message';
import { lastOf, overridesOf } from '../flag-values';
import { commandFlags } from '../flags';

/** A request to a function, and who would send it. */
export interface PreparedRequest {
  readonly request: InvokeRequest;
  /** Undefined for a request that carries no event. */
  readonly sender: 'pubsub' | 'any' | undefined;
}

/**
 * Makes the request that the command line describes: an event for event functions and wherever a
 * flag speaks of one, else whatever `-X`, `-H`, `-d` and the path say.
 *
 * @throws BarefnError `INVALID_OPTION`, `DATA_NOT_READ`, and those of {@link eventMessage}
 */
export async function prepareRequest(
  line: CommandLine,
  type: SignatureType,
): Promise<PreparedRequest> {
  const { flags } = line;
  const path = pathOf(line.words);
  const fields = fieldsOf(flags.get('header') ?? []);
  const data = lastOf(flags, 'data');
  const bytes = data === undefined ? undefined : await readData(data);
  const method = lastOf(flags, 'request') ?? 'POST';
  checkMethod(method);
  if (callForms[type].carries !== 'event' && !hasEventFlag(line)) {
    return { request: plainRequest(line, type, path, fields, bytes), sender: undefined };
  }
  const mode = lastOf(flags, 'mode') ?? 'binary';
  // A plain event of one's own has no form but the CloudEvent.
  const isGoogles = mode === 'legacy' || mode === 'push';
  const kind = lastOf(flags, 'event') ?? (isGoogles ? 'pubsub' : 'custom');
  const message = eventMessage(kind, mode, overridesOf(flags), bytes);
  const headers = { ...message.headers, ...fields };
  return {
    request: { method, path: path ?? message.path, headers, body: message.body },
    sender: kind === 'pubsub' ? 'pubsub' : 'any',
  };
}

function hasEventFlag({ flags }: CommandLine): boolean {
  return commandFlags().some(({ of, flag }) => of === 'event' && flags.has(flag));
}

function plainRequest(
  { flags }: CommandLine,
  type: SignatureType,
  path = '/',
  fields: Record<string, string[]>,
  body: Buffer | undefined,
): InvokeRequest {
  const method = lastOf(flags, 'request') ?? (body === undefined ? 'GET' : 'POST');
  if (body === undefined) return { method, path, headers: fields };
  const mediaType = callForms[type].carries === 'json' ? 'application/json' : mediaTypeOf(body);
  return { method, path, headers: { 'content-type': mediaType, ...fields }, body };
}

/** curl sends all data as a form; an object or array in JSON would never be meant so. */
function mediaTypeOf(body: Buffer): string {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null) return 'application/json';
  } catch {
    // No JSON.
  }
  return 'application/x-www-form-urlencoded';
}

function pathOf([, word, ...rest]: readonly string[]): string | undefined {
  if (rest.length > 0) {
    throw new BarefnError(
      'INVALID_OPTION',
      `barefn invoke takes one PATH, not also "${rest[0]}". Quote what has spaces.`,
    );
  }
  if (word === undefined) return undefined;
  const target = word.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*/s, '');
  const path = target === '' || target.startsWith('?') ? `/${target}` : target;
  if (!path.startsWith('/')) {
    throw new BarefnError(
      'INVALID_OPTION',
      `"${word}" is no path: a path begins with "/". A function is named by --target=${word}.`,
    );
  }
  // RFC 3986 §2.1: what is no printable ASCII is percent-encoded UTF-8.
  return path.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

function fieldsOf(lines: readonly string[]): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    try {
      http.validateHeaderName(colon === -1 ? '' : name);
      http.validateHeaderValue(name, value);
    } catch (cause) {
      const message = `"${line}" is no request field. Write -H 'Name: value'.`;
      throw new BarefnError('INVALID_OPTION', message, { cause });
    }
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return Object.fromEntries(fields);
}

function checkMethod(method: string): void {
  if (http.METHODS.includes(method)) return;
  const upper = method.toUpperCase();
  const advice = http.METHODS.includes(upper) ? `Pass -X ${upper}.` : 'Pass one such as GET.';
  throw new BarefnError('INVALID_OPTION', `"${method}" is no HTTP method. ${advice}`);
}
