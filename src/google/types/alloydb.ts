import type { DayOfWeek, TimeOfDay } from './common';
import type { Described } from './described';
import type { Duration, Int64, Timestamp } from './proto-json';

/** The events of AlloyDB for PostgreSQL. */
export interface AlloyDbEvents {
  'google.cloud.alloydb.cluster.v1.created': Described<{ payload?: AlloyDbCluster }, 'cluster'>;
  'google.cloud.alloydb.cluster.v1.updated': Described<{ payload?: AlloyDbCluster }, 'cluster'>;
  'google.cloud.alloydb.cluster.v1.deleted': Described<{ payload?: AlloyDbCluster }, 'cluster'>;
  'google.cloud.alloydb.instance.v1.created': Described<
    { payload?: AlloyDbInstance },
    'cluster' | 'instance'
  >;
  'google.cloud.alloydb.instance.v1.updated': Described<
    { payload?: AlloyDbInstance },
    'cluster' | 'instance'
  >;
  'google.cloud.alloydb.instance.v1.deleted': Described<
    { payload?: AlloyDbInstance },
    'cluster' | 'instance'
  >;
  'google.cloud.alloydb.backup.v1.created': Described<{ payload?: AlloyDbBackup }, 'backup'>;
  'google.cloud.alloydb.backup.v1.updated': Described<{ payload?: AlloyDbBackup }, 'backup'>;
  'google.cloud.alloydb.backup.v1.deleted': Described<{ payload?: AlloyDbBackup }, 'backup'>;
}

export interface AlloyDbCluster {
  backupSource?: { backupUid?: string; backupName?: string };
  migrationSource?: {
    hostPort?: string;
    referenceId?: string;
    sourceType?: 'MIGRATION_SOURCE_TYPE_UNSPECIFIED' | 'DMS';
  };
  name?: string;
  displayName?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  deleteTime?: Timestamp;
  labels?: Record<string, string>;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'READY'
    | 'STOPPED'
    | 'EMPTY'
    | 'CREATING'
    | 'DELETING'
    | 'FAILED'
    | 'BOOTSTRAPPING'
    | 'MAINTENANCE'
    | 'PROMOTING';
  clusterType?: 'CLUSTER_TYPE_UNSPECIFIED' | 'PRIMARY' | 'SECONDARY';
  databaseVersion?: 'DATABASE_VERSION_UNSPECIFIED' | 'POSTGRES_13' | 'POSTGRES_14';
  network?: string;
  etag?: string;
  annotations?: Record<string, string>;
  reconciling?: boolean;
  automatedBackupPolicy?: AutomatedBackupPolicy;
  sslConfig?: AlloyDbSslConfig;
  encryptionConfig?: { kmsKeyName?: string };
  encryptionInfo?: EncryptionInfo;
  secondaryConfig?: { primaryClusterName?: string };
  primaryConfig?: { secondaryClusterNames?: string[] };
}

export interface AutomatedBackupPolicy {
  weeklySchedule?: AutomatedBackupPolicyWeeklySchedule;
  timeBasedRetention?: { retentionPeriod?: Duration };
  quantityBasedRetention?: { count?: number };
  enabled?: boolean;
  backupWindow?: Duration;
  encryptionConfig?: { kmsKeyName?: string };
  location?: string;
  labels?: Record<string, string>;
}

export interface AutomatedBackupPolicyWeeklySchedule {
  startTimes?: TimeOfDay[];
  daysOfWeek?: DayOfWeek[];
}

export interface AlloyDbSslConfig {
  sslMode?: 'SSL_MODE_UNSPECIFIED' | 'SSL_MODE_ALLOW' | 'SSL_MODE_REQUIRE' | 'SSL_MODE_VERIFY_CA';
  caSource?: 'CA_SOURCE_UNSPECIFIED' | 'CA_SOURCE_MANAGED';
}

export interface EncryptionInfo {
  encryptionType?: 'TYPE_UNSPECIFIED' | 'GOOGLE_DEFAULT_ENCRYPTION' | 'CUSTOMER_MANAGED_ENCRYPTION';
  kmsKeyVersions?: string[];
}

export interface AlloyDbInstance {
  name?: string;
  displayName?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  deleteTime?: Timestamp;
  labels?: Record<string, string>;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'READY'
    | 'STOPPED'
    | 'CREATING'
    | 'DELETING'
    | 'MAINTENANCE'
    | 'FAILED'
    | 'BOOTSTRAPPING'
    | 'PROMOTING';
  instanceType?: 'INSTANCE_TYPE_UNSPECIFIED' | 'PRIMARY' | 'READ_POOL' | 'SECONDARY';
  machineConfig?: { cpuCount?: number };
  availabilityType?: 'AVAILABILITY_TYPE_UNSPECIFIED' | 'ZONAL' | 'REGIONAL';
  gceZone?: string;
  databaseFlags?: Record<string, string>;
  writableNode?: AlloyDbInstanceNode;
  nodes?: AlloyDbInstanceNode[];
  queryInsightsConfig?: {
    recordApplicationTags?: boolean;
    recordClientAddress?: boolean;
    queryStringLength?: number;
    queryPlansPerMinute?: number;
  };
  readPoolConfig?: { nodeCount?: number };
  ipAddress?: string;
  reconciling?: boolean;
  etag?: string;
  annotations?: Record<string, string>;
}

export interface AlloyDbInstanceNode {
  zoneId?: string;
  id?: string;
  ip?: string;
  state?: string;
}

export interface AlloyDbBackup {
  name?: string;
  displayName?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  deleteTime?: Timestamp;
  labels?: Record<string, string>;
  state?: 'STATE_UNSPECIFIED' | 'READY' | 'CREATING' | 'FAILED' | 'DELETING';
  type?: 'TYPE_UNSPECIFIED' | 'ON_DEMAND' | 'AUTOMATED' | 'CONTINUOUS';
  description?: string;
  clusterUid?: string;
  clusterName?: string;
  reconciling?: boolean;
  encryptionConfig?: { kmsKeyName?: string };
  encryptionInfo?: EncryptionInfo;
  etag?: string;
  annotations?: Record<string, string>;
  sizeBytes?: Int64;
  expiryTime?: Timestamp;
}
