/**
 * The events of Google's services: documents of Firestore as plain values, and the types of all data.
 * @module
 */

export { BarefnError, type ErrorCode } from './core/errors';
export {
  decodeFirestoreEvent,
  type FirestoreChange,
  type FirestoreEventLike,
  type FirestoreFields,
  firestoreJson,
} from './google/firestore/change';
export type { DocumentParams } from './google/firestore/path-pattern';
export type { FirestoreTimestamp, FirestoreValue, GeoPoint } from './google/firestore/values';
export type { GoogleEvent, GoogleEventData, GoogleEventType } from './google/types/events';
export type {
  DocumentEventData,
  FirestoreJsonDocument,
  FirestoreJsonValue,
} from './google/types/firestore';
