import type { Described } from './described';
import type { JsonObject, Timestamp } from './proto-json';

/** The events of Firebase Authentication. */
export interface AuthEvents {
  'google.firebase.auth.user.v1.created': Described<AuthEventData>;
  'google.firebase.auth.user.v1.deleted': Described<AuthEventData>;
  'google.firebase.auth.user.v2.created': Described<AuthEventDataV2, 'tenantid'>;
  'google.firebase.auth.user.v2.updated': Described<AuthEventDataV2, 'tenantid'>;
  'google.firebase.auth.user.v2.deleted': Described<AuthEventDataV2, 'tenantid'>;
}

export interface AuthEventData {
  uid?: string;
  email?: string;
  emailVerified?: boolean;
  displayName?: string;
  photoURL?: string;
  disabled?: boolean;
  metadata?: { createTime?: Timestamp; lastSignInTime?: Timestamp };
  providerData?: {
    uid?: string;
    email?: string;
    displayName?: string;
    photoURL?: string;
    providerId?: string;
  }[];
  phoneNumber?: string;
  customClaims?: JsonObject;
}

export interface AuthEventDataV2 {
  value?: AuthUser;
  oldValue?: AuthUser;
}

export interface AuthUser {
  uid?: string;
  email?: string;
  emailVerified?: boolean;
  displayName?: string;
  photoURL?: string;
  disabled?: boolean;
  metadata?: { createTime?: Timestamp; lastSignInTime?: Timestamp };
  providerData?: {
    uid?: string;
    email?: string;
    displayName?: string;
    photoURL?: string;
    providerId?: string;
  }[];
  phoneNumber?: string;
  customClaims?: JsonObject;
}
