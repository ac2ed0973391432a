import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of Cloud Speech-to-Text. */
export interface SpeechEvents {
  'google.cloud.speech.phraseSet.v1.created': Described<{ payload?: PhraseSet }, 'phraseset'>;
  'google.cloud.speech.phraseSet.v1.updated': Described<{ payload?: PhraseSet }, 'phraseset'>;
  'google.cloud.speech.phraseSet.v1.deleted': Described<{ payload?: PhraseSet }, 'phraseset'>;
  'google.cloud.speech.customClass.v1.created': Described<{ payload?: CustomClass }, 'customclass'>;
  'google.cloud.speech.customClass.v1.updated': Described<{ payload?: CustomClass }, 'customclass'>;
  'google.cloud.speech.customClass.v1.deleted': Described<{ payload?: CustomClass }, 'customclass'>;
}

export interface PhraseSet {
  name?: string;
  phrases?: { value?: string; boost?: number }[];
  boost?: number;
  kmsKeyName?: string;
  kmsKeyVersionName?: string;
  uid?: string;
  displayName?: string;
  state?: 'STATE_UNSPECIFIED' | 'ACTIVE' | 'DELETED';
  deleteTime?: Timestamp;
  expireTime?: Timestamp;
  annotations?: Record<string, string>;
  etag?: string;
  reconciling?: boolean;
}

export interface CustomClass {
  name?: string;
  customClassId?: string;
  items?: { value?: string }[];
  kmsKeyName?: string;
  kmsKeyVersionName?: string;
  uid?: string;
  displayName?: string;
  state?: 'STATE_UNSPECIFIED' | 'ACTIVE' | 'DELETED';
  deleteTime?: Timestamp;
  expireTime?: Timestamp;
  annotations?: Record<string, string>;
  etag?: string;
  reconciling?: boolean;
}
