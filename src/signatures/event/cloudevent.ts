import { decodeMessage } from '../../cloudevents/decode';
import { defineToJSON } from '../../cloudevents/decoded-event';
import type { CloudEvent } from '../../cloudevents/event';
import { readEventHeaders } from '../../cloudevents/event-headers';
import { HttpError } from '../../core/errors';
import type { Registration } from '../../core/registry';
import {
  describeIssues,
  type SchemaIssue,
  type StandardSchema,
  schemaOf,
  validate,
} from '../../core/standard-schema';
import type { HttpRequest } from '../../http/request/request';
import type { PreparedFunction, SignatureOptions } from '../signature';
import { type EventDecoding, eventDecoding, NO_BYTES } from './decoding';
import type { NodeCallback } from './event-function';
import { prepareEventFunction } from './pipeline';
import type { TypedEvents } from './typed-events';

/** What `cloudEvent()` was called with, not yet checked. */
interface Options {
  readonly type?: unknown;
  readonly document?: unknown;
  readonly data?: unknown;
}

type Handler = (event: CloudEvent, callback?: NodeCallback) => unknown;

/** Prepares CloudEvent functions, for which legacy events and Pub/Sub pushes are converted. */
export function prepareCloudEventFunction(
  registration: Registration,
  options: SignatureOptions,
): PreparedFunction {
  const { name } = registration;
  const handler = registration.handler as Handler;
  const takesCallback = typeof handler === 'function' && handler.length > 1;
  const { type, document, data } = (registration.options ?? {}) as Options;
  const schema = schemaOf(data, `The option "data" of ${name}`);
  const typed =
    type === undefined && document === undefined ? undefined : loadTyped(name, type, document);
  const decoding = eventDecoding(options);
  const target = {
    name,
    decode: (req: HttpRequest) => decodeRequest(req, decoding, options.takesAnyJson ?? false),
    attributesOf: (event: CloudEvent) => event,
    takes: typed?.takes,
    prepare: schema || typed ? (event: CloudEvent) => prepareData(event, typed, schema) : undefined,
    call: (event: CloudEvent, callback?: NodeCallback) =>
      callback === undefined ? handler(event) : handler(event, callback),
    callbackParameters: takesCallback ? '(event, callback)' : undefined,
  };
  return prepareEventFunction<CloudEvent>(target, options);
}

function decodeRequest(
  req: HttpRequest,
  decoding: EventDecoding,
  takesAnyJson: boolean,
): CloudEvent | CloudEvent[] {
  const headers = readEventHeaders(req.rawHeaders);
  if (headers.mode !== undefined) {
    return decodeMessage(headers, req.rawBody ?? NO_BYTES, decoding.event);
  }
  const { decodeOther } = require('./request') as typeof import('./request');
  return decodeOther(req, decoding, takesAnyJson);
}

function loadTyped(name: string, type: unknown, document: unknown): TypedEvents {
  const { typedEventsOf } = require('./typed-events') as typeof import('./typed-events');
  return typedEventsOf(name, type, document);
}

async function prepareData(
  event: CloudEvent,
  typed: TypedEvents | undefined,
  schema: StandardSchema | undefined,
): Promise<void> {
  typed?.open(event);
  if (schema !== undefined) await checkData(schema, event);
}

/**
 * Checks the data of an event, and replaces it by what the schema returns.
 *
 * @throws HttpError 400 that names each wrong part
 */
async function checkData(schema: StandardSchema, event: CloudEvent): Promise<void> {
  const data = await validate(schema, event.data, (issues) => invalidData(event, issues));
  if (data === event.data) return;
  event.data = data;
  defineToJSON(event);
}

function invalidData({ id, type }: CloudEvent, issues: readonly SchemaIssue[]): HttpError {
  const name = `${type.slice(0, 80)} ${id.slice(0, 80)}`;
  return new HttpError(
    400,
    'INVALID_DATA',
    `The data of event ${name} is not valid for this function.\n${describeIssues(issues, 'data')}`,
  );
}
