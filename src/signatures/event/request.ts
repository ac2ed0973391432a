import { decodeCloudEvent, findField } from '../../cloudevents/decode';
import type { CloudEvent } from '../../cloudevents/event';
import { HttpError } from '../../core/errors';
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
 * Decodes a request in no content mode of CloudEvents for a CloudEvent function: a legacy event, a
 * Pub/Sub push, or a structured event in plain JSON.
 *
 * @param takesAnyJson whether other JSON objects reach the function, too
 */
export function decodeOther(
  req: HttpRequest,
  decoding: EventDecoding,
  takesAnyJson: boolean,
): CloudEvent | CloudEvent[] {
  const contentType = findField(req.rawHeaders, 'content-type') ?? '';
  const isJson = contentType.toLowerCase().startsWith('application/json');
  const body = readBodyOrPush(req, isJson);
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
        'them as ce- fields.',
    );
    return body as CloudEvent;
  }
  return decodePlainJson(req, decoding);
}

/**
 * The body of a request that is in no content mode of CloudEvents, parsed by its Content-Type. For a
 * Pub/Sub push, wrapped or not, it is the body of the legacy event that the push stands for.
 *
 * @param isParsed whether the body is parsed at all; else it is undefined
 */
export function readBodyOrPush(req: HttpRequest, isParsed: boolean): unknown {
  const { rawHeaders, rawBody = NO_BYTES, path } = req;
  let body = wrapPush(rawHeaders, rawBody);
  if (body === undefined) {
    if (isParsed) parseBody(req);
    body = req.body;
    if (rawBody.length > 0 && findTopic(path) !== null && !looksLikeEvent(body)) {
      body = wrapBarePush(rawBody);
    }
  }
  const push = unwrapPubsubPush(body, path);
  if (push?.warning !== undefined) console.warn(push.warning);
  return push?.body ?? body;
}

/** Decodes a request without `ce-` fields as a structured event in plain JSON. */
export function decodePlainJson(
  { rawHeaders, rawBody = NO_BYTES }: HttpRequest,
  { json }: EventDecoding,
): CloudEvent | CloudEvent[] {
  try {
    return decodeCloudEvent(rawHeaders, rawBody, json);
  } catch (fault) {
    throw withHint(fault as HttpError, rawHeaders);
  }
}

/** A refusal that says what to do when the sender is Pub/Sub. */
export function withHint(refusal: HttpError, rawHeaders: readonly string[]): HttpError {
  const hint = hintAtUnwrapping(findField(rawHeaders, 'user-agent'));
  if (hint === '') return refusal;
  const { status, code, message } = refusal;
  return new HttpError(status, code, message + hint, { cause: refusal });
}
