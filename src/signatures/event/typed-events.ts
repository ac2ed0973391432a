import type { CloudEvent } from '../../cloudevents/event';
import { BarefnError } from '../../core/errors';
import type { MatchPath } from '../../google/firestore/path-pattern';
import {
  type DecodeHandled,
  handledDecoderOf,
  invalidData,
  isFirestoreType,
} from '../../google/handled-data';
import { logError } from '../../http/errors/log-error';

/** The events of a function that names their type. */
export interface TypedEvents {
  /** Whether the function takes an event. One that it does not take is logged. */
  takes(event: CloudEvent): boolean;
  /** Decodes the data of an event that it takes, and adds `params`. @throws HttpError */
  open(event: CloudEvent): void;
}

/**
 * Reads the options `type` and `document` of a function.
 *
 * @throws BarefnError `INVALID_OPTION`
 */
export function typedEventsOf(name: string, type: unknown, document: unknown): TypedEvents {
  const decoders = new Map<unknown, DecodeHandled>();
  for (const each of typesOf(name, type)) decoders.set(each, handledDecoderOf(each));
  const types = [...decoders.keys()] as string[];
  const match = document === undefined ? undefined : matcherOf(name, document, types);
  return { takes, open };

  function takes(event: CloudEvent): boolean {
    const problem = decoders.has(event.type)
      ? findMismatch(event)
      : `${name} takes ${types.join(', ')}`;
    if (problem === undefined) return true;
    logIgnored(event, problem);
    return false;
  }

  function findMismatch(event: CloudEvent): string | undefined {
    const path = match === undefined ? undefined : pathOf(event);
    if (path === undefined || match?.(path) !== undefined) return undefined;
    return `${name} takes documents ${String(document)}, not ${path.slice(0, 500)}`;
  }

  function open(event: CloudEvent): void {
    event.data = (decoders.get(event.type) as DecodeHandled)(event);
    const problem = findMismatch(event);
    if (problem !== undefined) throw invalidData(`${problem}.`);
    const path = match === undefined ? undefined : pathOf(event);
    const value = path === undefined ? {} : match?.(path);
    // Hidden, so that an event that is sent on has no attribute more.
    Object.defineProperty(event, 'params', { value, configurable: true, writable: true });
  }
}

function typesOf(name: string, type: unknown): readonly string[] {
  const types: unknown[] = Array.isArray(type) ? type : [type];
  const isType = (each: unknown): each is string => typeof each === 'string' && each !== '';
  if (types.length > 0 && types.every(isType)) return types;
  throw new BarefnError(
    'INVALID_OPTION',
    `The option "type" of ${name} is not a type of events. Pass the CloudEvents type, or a list of them.`,
  );
}

function matcherOf(name: string, document: unknown, types: readonly string[]): MatchPath {
  if (typeof document !== 'string' || !types.some(isFirestoreType)) {
    throw new BarefnError(
      'INVALID_OPTION',
      `The option "document" of ${name} is a pattern such as users/{uid}, for types of Firestore.`,
    );
  }
  const { readPathPattern } =
    require('../../google/firestore/path-pattern') as typeof import('../../google/firestore/path-pattern');
  return readPathPattern(document);
}

/**
 * The path of the document of a Firestore event, if it is one: Eventarc sends it as an attribute, older
 * events have it as their subject, and decoded data has it.
 */
function pathOf({ type, document, subject, data }: CloudEvent): string | undefined {
  if (!isFirestoreType(type)) return undefined;
  if (typeof document === 'string') return document;
  if (subject?.startsWith('documents/')) return subject.slice('documents/'.length);
  const path = (data as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : undefined;
}

function logIgnored({ id, type }: CloudEvent, why: string): void {
  const message = `Ignored event ${String(type).slice(0, 200)} ${String(id).slice(0, 200)}: ${why}. It was acknowledged, because to deliver it again cannot help. Change the trigger, or the function's options.`;
  logError(JSON.stringify({ severity: 'ERROR', message }));
}
