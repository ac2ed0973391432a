import http from 'node:http';
import { BarefnError } from '../../core/errors';
import type { SignatureType } from '../../core/registry';
import type { CommandLine } from '../../options/arguments';
import type { InvokeRequest } from '../../server/inject';
import { callForms } from '../call-forms';
import { readData } from '../events/data';
import { eventMessage } from '../events/message';
import { batchOf, lastOf, overridesOf } from '../flag-values';
import { commandFlags } from '../flags';

/** A request to a function and its sender. */
export interface PreparedRequest {
  readonly request: InvokeRequest;
  /** Undefined for a request without an event. */
  readonly sender: 'pubsub' | 'any' | undefined;
}

/**
 * Makes the request that the command line describes: an event for event functions and wherever an
 * event flag is given, else a request as `-X`, `-H`, `-d` and the path say.
 *
 * @throws BarefnError `INVALID_OPTION`, `DATA_NOT_READ`, and those of {@link eventMessage}
 */
export async function prepareRequest(
  line: CommandLine,
  type: SignatureType,
): Promise<PreparedRequest> {
  const { flags } = line;
  const path = pathOf(line.words);
  const given = headersOf(flags.get('header') ?? []);
  const data = lastOf(flags, 'data');
  const bytes = data === undefined ? undefined : await readData(data);
  const method = lastOf(flags, 'request') ?? 'POST';
  checkMethod(method);
  if (callForms[type].carries !== 'event' && !hasEventFlag(line)) {
    return { request: plainRequest(line, type, path, given, bytes), sender: undefined };
  }
  const mode = lastOf(flags, 'mode') ?? 'binary';
  // Custom events are CloudEvents only.
  const isGoogleMode = mode === 'legacy' || mode === 'push';
  const kind = lastOf(flags, 'event') ?? (isGoogleMode ? 'pubsub' : 'custom');
  const message = eventMessage(kind, mode, overridesOf(flags), bytes, batchOf(flags));
  const headers = { ...message.headers, ...given };
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
  given: Record<string, string[]>,
  body: Buffer | undefined,
): InvokeRequest {
  const method = lastOf(flags, 'request') ?? (body === undefined ? 'GET' : 'POST');
  if (body === undefined) return { method, path, headers: given };
  const mediaType = callForms[type].carries === 'json' ? 'application/json' : mediaTypeOf(body);
  return { method, path, headers: { 'content-type': mediaType, ...given }, body };
}

/** curl sends all data as a form, but a JSON object or array is never meant as one. */
function mediaTypeOf(body: Buffer): string {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null) return 'application/json';
  } catch {
    // Not JSON.
  }
  return 'application/x-www-form-urlencoded';
}

function pathOf([, word, ...rest]: readonly string[]): string | undefined {
  if (rest.length > 0) {
    throw new BarefnError(
      'INVALID_OPTION',
      `barefn invoke takes one PATH, not also "${rest[0]}". Quote a path with spaces.`,
    );
  }
  if (word === undefined) return undefined;
  const target = word.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*/s, '');
  const path = target === '' || target.startsWith('?') ? `/${target}` : target;
  if (!path.startsWith('/')) {
    throw new BarefnError(
      'INVALID_OPTION',
      `"${word}" is not a path: a path begins with "/". To name a function, pass --target=${word}.`,
    );
  }
  // RFC 3986 §2.1: all but printable ASCII is percent-encoded UTF-8.
  return path.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

function headersOf(lines: readonly string[]): Record<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    try {
      http.validateHeaderName(colon === -1 ? '' : name);
      http.validateHeaderValue(name, value);
    } catch (cause) {
      const message = `"${line}" is not a request header. Write -H 'Name: value'.`;
      throw new BarefnError('INVALID_OPTION', message, { cause });
    }
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return Object.fromEntries(headers);
}

function checkMethod(method: string): void {
  if (http.METHODS.includes(method)) return;
  const upper = method.toUpperCase();
  const advice = http.METHODS.includes(upper) ? `Pass -X ${upper}.` : 'Pass one, such as GET.';
  throw new BarefnError('INVALID_OPTION', `"${method}" is not an HTTP method. ${advice}`);
}
