import type { LatLng } from './common';
import type { Described } from './described';
import type { Bytes, Double, Int64, Timestamp } from './proto-json';

/** The events of Cloud Firestore. */
export interface FirestoreEvents {
  'google.cloud.firestore.document.v1.created': Described<DocumentEventData, DocumentAttributes>;
  'google.cloud.firestore.document.v1.updated': Described<DocumentEventData, DocumentAttributes>;
  'google.cloud.firestore.document.v1.deleted': Described<DocumentEventData, DocumentAttributes>;
  'google.cloud.firestore.document.v1.written': Described<DocumentEventData, DocumentAttributes>;
  'google.cloud.firestore.document.v1.created.withAuthContext': Described<
    DocumentEventData,
    DocumentAttributes | AuthAttributes
  >;
  'google.cloud.firestore.document.v1.updated.withAuthContext': Described<
    DocumentEventData,
    DocumentAttributes | AuthAttributes
  >;
  'google.cloud.firestore.document.v1.deleted.withAuthContext': Described<
    DocumentEventData,
    DocumentAttributes | AuthAttributes
  >;
  'google.cloud.firestore.document.v1.written.withAuthContext': Described<
    DocumentEventData,
    DocumentAttributes | AuthAttributes
  >;
}

type DocumentAttributes = 'database' | 'document' | 'location' | 'namespace' | 'project';
type AuthAttributes = 'authid' | 'authtype';

export interface DocumentEventData {
  value?: FirestoreJsonDocument;
  oldValue?: FirestoreJsonDocument;
  updateMask?: { fieldPaths?: string[] };
}

export interface FirestoreJsonDocument {
  name?: string;
  fields?: Record<string, FirestoreJsonValue>;
  createTime?: Timestamp;
  updateTime?: Timestamp;
}

export interface FirestoreJsonValue {
  nullValue?: null;
  booleanValue?: boolean;
  integerValue?: Int64;
  doubleValue?: Double;
  timestampValue?: Timestamp;
  stringValue?: string;
  bytesValue?: Bytes;
  referenceValue?: string;
  geoPointValue?: LatLng;
  arrayValue?: FirestoreJsonArray;
  mapValue?: FirestoreJsonMap;
}

export interface FirestoreJsonArray {
  values?: FirestoreJsonValue[];
}

export interface FirestoreJsonMap {
  fields?: Record<string, FirestoreJsonValue>;
}
