import type { CloudEvent } from '../cloudevents/event';
import { HttpError } from '../core/errors';
import { messageOf } from '../core/thrown';
import { isRecord, typeName } from './background-event';

/** Decodes the data of an event of a known type. @throws HttpError 400 or 415 */
export type DecodeHandled = (event: CloudEvent) => unknown;

const FIRESTORE = /^google\.cloud\.firestore\.document\.v1\.\w+(?:\.withAuthContext)?$/;
const PUBSUB = 'google.cloud.pubsub.topic.v1.messagePublished';
/** What Google's services send themselves. */
const GOOGLE = /^google\.(?:cloud|firebase)\./;

/** Whether events of a type tell of a Firestore document. */
export function isFirestoreType(type: string): boolean {
  return FIRESTORE.test(type);
}

/** What decodes the data of a type for functions that name it. */
export function handledDecoderOf(type: string): DecodeHandled {
  if (isFirestoreType(type)) return firestoreDecoder();
  if (type === PUBSUB) {
    const { decodePubSubData } = require('./pubsub-data') as typeof import('./pubsub-data');
    return ({ data }) => decodePubSubData(data);
  }
  return GOOGLE.test(type) ? requireJson : ({ data }) => data;
}

function firestoreDecoder(): DecodeHandled {
  const { decodeFirestoreEvent } =
    require('./firestore/change') as typeof import('./firestore/change');
  return (event) => {
    try {
      return decodeFirestoreEvent(event);
    } catch (cause) {
      throw new HttpError(400, 'INVALID_DATA', messageOf(cause), { cause });
    }
  };
}

/** Types of Google's have JSON, unless a trigger asks for protobuf. */
function requireJson({ type, data, datacontenttype }: CloudEvent): unknown {
  if (isRecord(data)) return data;
  if (!Buffer.isBuffer(data)) {
    throw invalidData(
      `The data of a ${type.slice(0, 80)} event is ${typeName(data)}, not an object.`,
    );
  }
  throw new HttpError(
    415,
    'UNSUPPORTED_FORMAT',
    `The data of a ${type.slice(0, 80)} event is ${String(datacontenttype).slice(0, 80)}, which is decoded for Firestore alone. Have the trigger deliver JSON: --event-data-content-type=application/json.`,
  );
}

/** The error for data that is not what its type says. */
export function invalidData(message: string): HttpError {
  return new HttpError(400, 'INVALID_DATA', message);
}
