import type { Described } from './described';

/** The events of Firebase Realtime Database. */
export interface DatabaseEvents {
  'google.firebase.database.ref.v1.created': Described<ReferenceEventData, ReferenceAttributes>;
  'google.firebase.database.ref.v1.updated': Described<ReferenceEventData, ReferenceAttributes>;
  'google.firebase.database.ref.v1.deleted': Described<ReferenceEventData, ReferenceAttributes>;
  'google.firebase.database.ref.v1.written': Described<ReferenceEventData, ReferenceAttributes>;
}

type ReferenceAttributes = 'firebasedatabasehost' | 'instance' | 'location' | 'ref';

export interface ReferenceEventData {
  data?: unknown;
  delta?: unknown;
}
