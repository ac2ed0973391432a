import type { LatLng } from './common';
import type { Described } from './described';
import type { Bytes, Double, Int64, Timestamp } from './proto-json';

/** The events of Cloud Firestore. */
export interface DatastoreEvents {
  'google.cloud.datastore.entity.v1.created': Described<EntityEventData, EntityAttributes>;
  'google.cloud.datastore.entity.v1.updated': Described<EntityEventData, EntityAttributes>;
  'google.cloud.datastore.entity.v1.deleted': Described<EntityEventData, EntityAttributes>;
  'google.cloud.datastore.entity.v1.written': Described<EntityEventData, EntityAttributes>;
  'google.cloud.datastore.entity.v1.created.withAuthContext': Described<
    EntityEventData,
    EntityAttributes | AuthAttributes
  >;
  'google.cloud.datastore.entity.v1.updated.withAuthContext': Described<
    EntityEventData,
    EntityAttributes | AuthAttributes
  >;
  'google.cloud.datastore.entity.v1.deleted.withAuthContext': Described<
    EntityEventData,
    EntityAttributes | AuthAttributes
  >;
  'google.cloud.datastore.entity.v1.written.withAuthContext': Described<
    EntityEventData,
    EntityAttributes | AuthAttributes
  >;
}

type EntityAttributes = 'database' | 'entity' | 'location' | 'namespace' | 'project';
type AuthAttributes = 'authid' | 'authtype';

export interface EntityEventData {
  value?: EntityResult;
  oldValue?: EntityResult;
  updateMask?: { propertyPaths?: string[] };
}

export interface EntityResult {
  entity?: DatastoreEntity;
  version?: Int64;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  cursor?: Bytes;
}

export interface DatastoreEntity {
  key?: DatastoreKey;
  properties?: Record<string, DatastoreValue>;
}

export interface DatastoreKey {
  partitionId?: { projectId?: string; databaseId?: string; namespaceId?: string };
  path?: { kind?: string; id?: Int64; name?: string }[];
}

export interface DatastoreValue {
  nullValue?: null;
  booleanValue?: boolean;
  integerValue?: Int64;
  doubleValue?: Double;
  timestampValue?: Timestamp;
  keyValue?: DatastoreKey;
  stringValue?: string;
  blobValue?: Bytes;
  geoPointValue?: LatLng;
  entityValue?: DatastoreEntity;
  arrayValue?: DatastoreArrayValue;
  meaning?: number;
  excludeFromIndexes?: boolean;
}

export interface DatastoreArrayValue {
  values?: DatastoreValue[];
}
