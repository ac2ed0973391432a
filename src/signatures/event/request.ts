import { decodeCloudEvent } from '../../cloudevents/decode';
import type { CloudEvent } from '../../cloudevents/event';
import { HttpError } from '../../core/errors';
import type { JsonParser } from '../../core/json';
import { findHeader } from '../../core/raw-headers';
import { isRecord } from '../../google/background-event';
import { findTopic, unwrapPubsubPush } from '../../google/pubsub';
import { legacyToCloudEvent } from '../../google/to-cloud-event';
import {
  hintAtUnwrapping,
  looksLikeEvent,
  wrapBarePush,
  wrapPush,
} from '../../google/unwrapped-push';
import { parseBody } from '../../http/body/read';
import type { HttpRequest } from '../../http/request/request';
import { type EventDecoding, NO_BYTES } from './decoding';

/**
 * Decodes a request that is not in a content mode of CloudEvents: a legacy event, a Pub/Sub push, or a
 * structured event in plain JSON.
 *
 * @param takesAnyJson whether the function gets other JSON objects too
 */
export function decodeOther(
  req: HttpRequest,
  decoding: EventDecoding,
  takesAnyJson: boolean,
): CloudEvent | CloudEvent[] {
  const contentType = findHeader(req.rawHeaders, 'content-type') ?? '';
  const isJson = contentType.toLowerCase().startsWith('application/json');
  const body = readBodyOrPush(req, isJson ? decoding.parse : undefined);
  const event = legacyToCloudEvent(body);
  if (event !== undefined) {
    const { traceparent } = req.headers;
    if (typeof traceparent === 'string') event['traceparent'] = traceparent;
    return event;
  }
  if (takesAnyJson && isRecord(body) && body['specversion'] === undefined) {
    decoding.warn(
      'The body is not a CloudEvent: it has no specversion. The function gets it as it is, because the ' +
        'server is one for tests; others answer 400. Add specversion, id, source and type, or send ' +
        'them as ce- headers.',
    );
    return body as CloudEvent;
  }
  return decodePlainJson(req, decoding);
}

/**
 * Reads the body of a request that is not in a content mode of CloudEvents, parsed by its Content-Type.
 * A Pub/Sub push, wrapped or not, is converted to the body of a legacy event.
 *
 * @param parse for JSON; without it the body is not parsed, and undefined
 */
export function readBodyOrPush(req: HttpRequest, parse: JsonParser | undefined): unknown {
  const { rawHeaders, rawBody = NO_BYTES, path } = req;
  let body = wrapPush(rawHeaders, rawBody);
  if (body === undefined) {
    if (parse !== undefined) parseBody(req, parse);
    body = req.body;
    if (rawBody.length > 0 && findTopic(path) !== null && !looksLikeEvent(body)) {
      body = wrapBarePush(rawBody);
    }
  }
  const push = unwrapPubsubPush(body, path);
  if (push?.warning !== undefined) console.warn(push.warning);
  return push?.body ?? body;
}

/** Decodes a request without `ce-` headers as a structured event in plain JSON. */
export function decodePlainJson(
  { rawHeaders, rawBody = NO_BYTES }: HttpRequest,
  { json }: EventDecoding,
): CloudEvent | CloudEvent[] {
  try {
    return decodeCloudEvent(rawHeaders, rawBody, json);
  } catch (error) {
    throw withHint(error as HttpError, rawHeaders);
  }
}

/** Adds to an error what to do when the sender is Pub/Sub. */
export function withHint(error: HttpError, rawHeaders: readonly string[]): HttpError {
  const hint = hintAtUnwrapping(findHeader(rawHeaders, 'user-agent'));
  if (hint === '') return error;
  const { status, code, message } = error;
  return new HttpError(status, code, message + hint, { cause: error });
}
