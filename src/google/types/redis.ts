import type { DayOfWeek, TimeOfDay } from './common';
import type { Described } from './described';
import type { Duration, Timestamp } from './proto-json';

/** The events of Google Cloud Memorystore for Redis. */
export interface RedisEvents {
  'google.cloud.redis.instance.v1.created': Described<{ payload?: RedisInstance }, 'instance'>;
  'google.cloud.redis.instance.v1.updated': Described<{ payload?: RedisInstance }, 'instance'>;
  'google.cloud.redis.instance.v1.deleted': Described<{ payload?: RedisInstance }, 'instance'>;
}

export interface RedisInstance {
  name?: string;
  displayName?: string;
  labels?: Record<string, string>;
  locationId?: string;
  alternativeLocationId?: string;
  redisVersion?: string;
  reservedIpRange?: string;
  secondaryIpRange?: string;
  host?: string;
  port?: number;
  currentLocationId?: string;
  createTime?: Timestamp;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'CREATING'
    | 'READY'
    | 'UPDATING'
    | 'DELETING'
    | 'REPAIRING'
    | 'MAINTENANCE'
    | 'IMPORTING'
    | 'FAILING_OVER';
  statusMessage?: string;
  redisConfigs?: Record<string, string>;
  tier?: 'TIER_UNSPECIFIED' | 'BASIC' | 'STANDARD_HA';
  memorySizeGb?: number;
  authorizedNetwork?: string;
  persistenceIamIdentity?: string;
  connectMode?: 'CONNECT_MODE_UNSPECIFIED' | 'DIRECT_PEERING' | 'PRIVATE_SERVICE_ACCESS';
  authEnabled?: boolean;
  serverCaCerts?: {
    serialNumber?: string;
    createTime?: Timestamp;
    expireTime?: Timestamp;
    sha1Fingerprint?: string;
  }[];
  transitEncryptionMode?:
    | 'TRANSIT_ENCRYPTION_MODE_UNSPECIFIED'
    | 'SERVER_AUTHENTICATION'
    | 'DISABLED';
  maintenancePolicy?: RedisMaintenancePolicy;
  maintenanceSchedule?: {
    startTime?: Timestamp;
    endTime?: Timestamp;
    canReschedule?: boolean;
    scheduleDeadlineTime?: Timestamp;
  };
  replicaCount?: number;
  nodes?: { id?: string; zone?: string }[];
  readEndpoint?: string;
  readEndpointPort?: number;
  readReplicasMode?:
    | 'READ_REPLICAS_MODE_UNSPECIFIED'
    | 'READ_REPLICAS_DISABLED'
    | 'READ_REPLICAS_ENABLED';
  customerManagedKey?: string;
  persistenceConfig?: PersistenceConfig;
  suspensionReasons?: ('SUSPENSION_REASON_UNSPECIFIED' | 'CUSTOMER_MANAGED_KEY_ISSUE')[];
  maintenanceVersion?: string;
  availableMaintenanceVersions?: string[];
}

export interface RedisMaintenancePolicy {
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  weeklyMaintenanceWindow?: RedisWeeklyMaintenanceWindow[];
}

export interface RedisWeeklyMaintenanceWindow {
  day?: DayOfWeek;
  startTime?: TimeOfDay;
  duration?: Duration;
}

export interface PersistenceConfig {
  persistenceMode?: 'PERSISTENCE_MODE_UNSPECIFIED' | 'DISABLED' | 'RDB';
  rdbSnapshotPeriod?:
    | 'SNAPSHOT_PERIOD_UNSPECIFIED'
    | 'ONE_HOUR'
    | 'SIX_HOURS'
    | 'TWELVE_HOURS'
    | 'TWENTY_FOUR_HOURS';
  rdbNextSnapshotTime?: Timestamp;
  rdbSnapshotStartTime?: Timestamp;
}
