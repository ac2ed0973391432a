import type { Described } from './described';
import type { Int64, Timestamp } from './proto-json';

/** The events of Cloud Storage. */
export interface StorageEvents {
  'google.cloud.storage.object.v1.finalized': Described<StorageObjectData, 'bucket'>;
  'google.cloud.storage.object.v1.archived': Described<StorageObjectData, 'bucket'>;
  'google.cloud.storage.object.v1.deleted': Described<StorageObjectData, 'bucket'>;
  'google.cloud.storage.object.v1.metadataUpdated': Described<StorageObjectData, 'bucket'>;
}

export interface StorageObjectData {
  contentEncoding?: string;
  contentDisposition?: string;
  cacheControl?: string;
  contentLanguage?: string;
  metageneration?: Int64;
  timeDeleted?: Timestamp;
  contentType?: string;
  size?: Int64;
  timeCreated?: Timestamp;
  crc32c?: string;
  componentCount?: number;
  md5Hash?: string;
  etag?: string;
  updated?: Timestamp;
  storageClass?: string;
  kmsKeyName?: string;
  timeStorageClassUpdated?: Timestamp;
  temporaryHold?: boolean;
  retentionExpirationTime?: Timestamp;
  metadata?: Record<string, string>;
  eventBasedHold?: boolean;
  name?: string;
  id?: string;
  bucket?: string;
  generation?: Int64;
  customerEncryption?: { encryptionAlgorithm?: string; keySha256?: string };
  mediaLink?: string;
  selfLink?: string;
  kind?: string;
}
