import type { RpcStatus } from './common';
import type { Described } from './described';
import type { Duration, Int64, JsonObject, Timestamp } from './proto-json';

/** The events of Database Migration. */
export interface CloudDmsEvents {
  'google.cloud.clouddms.migrationJob.v1.created': Described<
    { payload?: MigrationJob },
    'migrationjob'
  >;
  'google.cloud.clouddms.migrationJob.v1.updated': Described<
    { payload?: MigrationJob },
    'migrationjob'
  >;
  'google.cloud.clouddms.migrationJob.v1.deleted': Described<
    { payload?: MigrationJob },
    'migrationjob'
  >;
  'google.cloud.clouddms.connectionProfile.v1.created': Described<
    { payload?: CloudDmsConnectionProfile },
    'connectionprofile'
  >;
  'google.cloud.clouddms.connectionProfile.v1.updated': Described<
    { payload?: CloudDmsConnectionProfile },
    'connectionprofile'
  >;
  'google.cloud.clouddms.connectionProfile.v1.deleted': Described<
    { payload?: CloudDmsConnectionProfile },
    'connectionprofile'
  >;
}

export interface MigrationJob {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'MAINTENANCE'
    | 'DRAFT'
    | 'CREATING'
    | 'NOT_STARTED'
    | 'RUNNING'
    | 'FAILED'
    | 'COMPLETED'
    | 'DELETING'
    | 'STOPPING'
    | 'STOPPED'
    | 'DELETED'
    | 'UPDATING'
    | 'STARTING'
    | 'RESTARTING'
    | 'RESUMING';
  phase?:
    | 'PHASE_UNSPECIFIED'
    | 'FULL_DUMP'
    | 'CDC'
    | 'PROMOTE_IN_PROGRESS'
    | 'WAITING_FOR_SOURCE_WRITES_TO_STOP'
    | 'PREPARING_THE_DUMP';
  type?: 'TYPE_UNSPECIFIED' | 'ONE_TIME' | 'CONTINUOUS';
  dumpPath?: string;
  dumpFlags?: MigrationJobDumpFlags;
  source?: string;
  destination?: string;
  reverseSshConnectivity?: { vmIp?: string; vmPort?: number; vm?: string; vpc?: string };
  vpcPeeringConnectivity?: { vpc?: string };
  staticIpConnectivity?: JsonObject;
  duration?: Duration;
  error?: RpcStatus;
  sourceDatabase?: DatabaseType;
  destinationDatabase?: DatabaseType;
  endTime?: Timestamp;
}

export interface MigrationJobDumpFlags {
  dumpFlags?: { name?: string; value?: string }[];
}

export interface DatabaseType {
  provider?: DatabaseProvider;
  engine?: 'DATABASE_ENGINE_UNSPECIFIED' | 'MYSQL' | 'POSTGRESQL';
}

export type DatabaseProvider =
  | 'DATABASE_PROVIDER_UNSPECIFIED'
  | 'CLOUDSQL'
  | 'RDS'
  | 'AURORA'
  | 'ALLOYDB';

export interface CloudDmsConnectionProfile {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'DRAFT'
    | 'CREATING'
    | 'READY'
    | 'UPDATING'
    | 'DELETING'
    | 'DELETED'
    | 'FAILED';
  displayName?: string;
  mysql?: MySqlConnectionProfile;
  postgresql?: PostgreSqlConnectionProfile;
  cloudsql?: CloudSqlConnectionProfile;
  alloydb?: AlloyDbConnectionProfile;
  error?: RpcStatus;
  provider?: DatabaseProvider;
}

export interface MySqlConnectionProfile {
  host?: string;
  port?: number;
  username?: string;
  passwordSet?: boolean;
  ssl?: CloudDmsSslConfig;
  cloudSqlId?: string;
}

export interface CloudDmsSslConfig {
  type?: 'SSL_TYPE_UNSPECIFIED' | 'SERVER_ONLY' | 'SERVER_CLIENT';
}

export interface PostgreSqlConnectionProfile {
  host?: string;
  port?: number;
  username?: string;
  passwordSet?: boolean;
  ssl?: CloudDmsSslConfig;
  cloudSqlId?: string;
  networkArchitecture?:
    | 'NETWORK_ARCHITECTURE_UNSPECIFIED'
    | 'NETWORK_ARCHITECTURE_OLD_CSQL_PRODUCER'
    | 'NETWORK_ARCHITECTURE_NEW_CSQL_PRODUCER';
}

export interface CloudSqlConnectionProfile {
  cloudSqlId?: string;
  settings?: CloudSqlSettings;
  privateIp?: string;
  publicIp?: string;
  additionalPublicIp?: string;
}

export interface CloudSqlSettings {
  databaseVersion?:
    | 'SQL_DATABASE_VERSION_UNSPECIFIED'
    | 'MYSQL_5_6'
    | 'MYSQL_5_7'
    | 'POSTGRES_9_6'
    | 'POSTGRES_11'
    | 'POSTGRES_10'
    | 'MYSQL_8_0'
    | 'POSTGRES_12'
    | 'POSTGRES_13'
    | 'POSTGRES_14';
  userLabels?: Record<string, string>;
  tier?: string;
  storageAutoResizeLimit?: Int64;
  activationPolicy?: 'SQL_ACTIVATION_POLICY_UNSPECIFIED' | 'ALWAYS' | 'NEVER';
  ipConfig?: SqlIpConfig;
  autoStorageIncrease?: boolean;
  databaseFlags?: Record<string, string>;
  dataDiskType?: 'SQL_DATA_DISK_TYPE_UNSPECIFIED' | 'PD_SSD' | 'PD_HDD';
  dataDiskSizeGb?: Int64;
  zone?: string;
  secondaryZone?: string;
  sourceId?: string;
  rootPasswordSet?: boolean;
  collation?: string;
  cmekKeyName?: string;
  availabilityType?: 'SQL_AVAILABILITY_TYPE_UNSPECIFIED' | 'ZONAL' | 'REGIONAL';
}

export interface SqlIpConfig {
  enableIpv4?: boolean;
  privateNetwork?: string;
  requireSsl?: boolean;
  authorizedNetworks?: { value?: string; expireTime?: Timestamp; label?: string }[];
}

export interface AlloyDbConnectionProfile {
  clusterId?: string;
  settings?: AlloyDbSettings;
}

export interface AlloyDbSettings {
  vpcNetwork?: string;
  labels?: Record<string, string>;
  primaryInstanceSettings?: AlloyDbSettingsPrimaryInstanceSettings;
}

export interface AlloyDbSettingsPrimaryInstanceSettings {
  id?: string;
  machineConfig?: { cpuCount?: number };
  databaseFlags?: Record<string, string>;
  labels?: Record<string, string>;
  privateIp?: string;
}
