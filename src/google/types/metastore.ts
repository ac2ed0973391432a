import type { DayOfWeek } from './common';
import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of Dataproc Metastore. */
export interface MetastoreEvents {
  'google.cloud.metastore.federation.v1.created': Described<{ payload?: Federation }, 'federation'>;
  'google.cloud.metastore.federation.v1.updated': Described<{ payload?: Federation }, 'federation'>;
  'google.cloud.metastore.federation.v1.deleted': Described<{ payload?: Federation }, 'federation'>;
  'google.cloud.metastore.service.v1.created': Described<{ payload?: MetastoreService }, 'service'>;
  'google.cloud.metastore.service.v1.updated': Described<{ payload?: MetastoreService }, 'service'>;
  'google.cloud.metastore.service.v1.deleted': Described<{ payload?: MetastoreService }, 'service'>;
  'google.cloud.metastore.metadataImport.v1.created': Described<
    { payload?: MetadataImport },
    'service' | 'metadataimport'
  >;
  'google.cloud.metastore.metadataImport.v1.updated': Described<
    { payload?: MetadataImport },
    'service' | 'metadataimport'
  >;
  'google.cloud.metastore.backup.v1.created': Described<
    { payload?: MetastoreBackup },
    'service' | 'backup'
  >;
  'google.cloud.metastore.backup.v1.deleted': Described<
    { payload?: MetastoreBackup },
    'service' | 'backup'
  >;
}

export interface Federation {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  version?: string;
  backendMetastores?: Record<
    string,
    { name?: string; metastoreType?: 'METASTORE_TYPE_UNSPECIFIED' | 'DATAPROC_METASTORE' }
  >;
  endpointUri?: string;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'ERROR';
  stateMessage?: string;
  uid?: string;
}

export interface MetastoreService {
  hiveMetastoreConfig?: HiveMetastoreConfig;
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  network?: string;
  endpointUri?: string;
  port?: number;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'CREATING'
    | 'ACTIVE'
    | 'SUSPENDING'
    | 'SUSPENDED'
    | 'UPDATING'
    | 'DELETING'
    | 'ERROR';
  stateMessage?: string;
  artifactGcsUri?: string;
  tier?: 'TIER_UNSPECIFIED' | 'DEVELOPER' | 'ENTERPRISE';
  maintenanceWindow?: MaintenanceWindow;
  uid?: string;
  metadataManagementActivity?: MetadataManagementActivity;
  releaseChannel?: 'RELEASE_CHANNEL_UNSPECIFIED' | 'CANARY' | 'STABLE';
  encryptionConfig?: { kmsKey?: string };
  networkConfig?: NetworkConfig;
  databaseType?: 'DATABASE_TYPE_UNSPECIFIED' | 'MYSQL' | 'SPANNER';
  telemetryConfig?: { logFormat?: 'LOG_FORMAT_UNSPECIFIED' | 'LEGACY' | 'JSON' };
  scalingConfig?: ScalingConfig;
}

export interface HiveMetastoreConfig {
  version?: string;
  configOverrides?: Record<string, string>;
  kerberosConfig?: KerberosConfig;
  auxiliaryVersions?: Record<string, AuxiliaryVersionConfig>;
}

export interface KerberosConfig {
  keytab?: { cloudSecret?: string };
  principal?: string;
  krb5ConfigGcsUri?: string;
}

export interface AuxiliaryVersionConfig {
  version?: string;
  configOverrides?: Record<string, string>;
  networkConfig?: NetworkConfig;
}

export interface NetworkConfig {
  consumers?: { subnetwork?: string; endpointUri?: string }[];
}

export interface MaintenanceWindow {
  hourOfDay?: number;
  dayOfWeek?: DayOfWeek;
}

export interface MetadataManagementActivity {
  metadataExports?: MetadataExport[];
  restores?: MetastoreRestore[];
}

export interface MetadataExport {
  destinationGcsUri?: string;
  startTime?: Timestamp;
  endTime?: Timestamp;
  state?: 'STATE_UNSPECIFIED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  databaseDumpType?: 'TYPE_UNSPECIFIED' | 'MYSQL' | 'AVRO';
}

export interface MetastoreRestore {
  startTime?: Timestamp;
  endTime?: Timestamp;
  state?: 'STATE_UNSPECIFIED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  backup?: string;
  type?: 'RESTORE_TYPE_UNSPECIFIED' | 'FULL' | 'METADATA_ONLY';
  details?: string;
}

export interface ScalingConfig {
  instanceSize?:
    | 'INSTANCE_SIZE_UNSPECIFIED'
    | 'EXTRA_SMALL'
    | 'SMALL'
    | 'MEDIUM'
    | 'LARGE'
    | 'EXTRA_LARGE';
  scalingFactor?: number;
}

export interface MetadataImport {
  databaseDump?: {
    databaseType?: 'DATABASE_TYPE_UNSPECIFIED' | 'MYSQL';
    gcsUri?: string;
    sourceDatabase?: string;
    type?: 'TYPE_UNSPECIFIED' | 'MYSQL' | 'AVRO';
  };
  name?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  endTime?: Timestamp;
  state?: 'STATE_UNSPECIFIED' | 'RUNNING' | 'SUCCEEDED' | 'UPDATING' | 'FAILED';
}

export interface MetastoreBackup {
  name?: string;
  createTime?: Timestamp;
  endTime?: Timestamp;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'DELETING' | 'ACTIVE' | 'FAILED' | 'RESTORING';
  serviceRevision?: MetastoreService;
  description?: string;
  restoringServices?: string[];
}
