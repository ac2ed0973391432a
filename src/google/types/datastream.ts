import type { Described } from './described';
import type { Duration, JsonObject, Timestamp } from './proto-json';

/** The events of Datastream. */
export interface DatastreamEvents {
  'google.cloud.datastream.connectionProfile.v1.created': Described<
    { payload?: DatastreamConnectionProfile },
    'connectionprofile'
  >;
  'google.cloud.datastream.connectionProfile.v1.updated': Described<
    { payload?: DatastreamConnectionProfile },
    'connectionprofile'
  >;
  'google.cloud.datastream.connectionProfile.v1.deleted': Described<
    { payload?: DatastreamConnectionProfile },
    'connectionprofile'
  >;
  'google.cloud.datastream.stream.v1.created': Described<{ payload?: DatastreamStream }, 'stream'>;
  'google.cloud.datastream.stream.v1.updated': Described<{ payload?: DatastreamStream }, 'stream'>;
  'google.cloud.datastream.stream.v1.deleted': Described<{ payload?: DatastreamStream }, 'stream'>;
  'google.cloud.datastream.privateConnection.v1.created': Described<
    { payload?: PrivateConnection },
    'privateconnection'
  >;
  'google.cloud.datastream.privateConnection.v1.deleted': Described<
    { payload?: PrivateConnection },
    'privateconnection'
  >;
  'google.cloud.datastream.route.v1.created': Described<
    { payload?: DatastreamRoute },
    'privateconnection' | 'route'
  >;
  'google.cloud.datastream.route.v1.deleted': Described<
    { payload?: DatastreamRoute },
    'privateconnection' | 'route'
  >;
}

export interface DatastreamConnectionProfile {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  oracleProfile?: {
    hostname?: string;
    port?: number;
    username?: string;
    databaseService?: string;
    connectionAttributes?: Record<string, string>;
  };
  gcsProfile?: { bucket?: string; rootPath?: string };
  mysqlProfile?: MysqlProfile;
  bigqueryProfile?: JsonObject;
  postgresqlProfile?: { hostname?: string; port?: number; username?: string; database?: string };
  staticServiceIpConnectivity?: JsonObject;
  forwardSshConnectivity?: { hostname?: string; username?: string; port?: number };
  privateConnectivity?: { privateConnection?: string };
}

export interface MysqlProfile {
  hostname?: string;
  port?: number;
  username?: string;
  sslConfig?: {
    clientKeySet?: boolean;
    clientCertificateSet?: boolean;
    caCertificateSet?: boolean;
  };
}

export interface DatastreamStream {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  sourceConfig?: SourceConfig;
  destinationConfig?: DestinationConfig;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'NOT_STARTED'
    | 'RUNNING'
    | 'PAUSED'
    | 'MAINTENANCE'
    | 'FAILED'
    | 'FAILED_PERMANENTLY'
    | 'STARTING'
    | 'DRAINING';
  backfillAll?: StreamBackfillAllStrategy;
  backfillNone?: JsonObject;
  errors?: DatastreamError[];
  customerManagedEncryptionKey?: string;
}

export interface SourceConfig {
  sourceConnectionProfile?: string;
  oracleSourceConfig?: OracleSourceConfig;
  mysqlSourceConfig?: MysqlSourceConfig;
  postgresqlSourceConfig?: PostgresqlSourceConfig;
}

export interface OracleSourceConfig {
  includeObjects?: OracleRdbms;
  excludeObjects?: OracleRdbms;
  maxConcurrentCdcTasks?: number;
  dropLargeObjects?: JsonObject;
  streamLargeObjects?: JsonObject;
}

export interface OracleRdbms {
  oracleSchemas?: OracleSchema[];
}

export interface OracleSchema {
  schema?: string;
  oracleTables?: OracleTable[];
}

export interface OracleTable {
  table?: string;
  oracleColumns?: OracleColumn[];
}

export interface OracleColumn {
  column?: string;
  dataType?: string;
  length?: number;
  precision?: number;
  scale?: number;
  encoding?: string;
  primaryKey?: boolean;
  nullable?: boolean;
  ordinalPosition?: number;
}

export interface MysqlSourceConfig {
  includeObjects?: MysqlRdbms;
  excludeObjects?: MysqlRdbms;
  maxConcurrentCdcTasks?: number;
}

export interface MysqlRdbms {
  mysqlDatabases?: MysqlDatabase[];
}

export interface MysqlDatabase {
  database?: string;
  mysqlTables?: MysqlTable[];
}

export interface MysqlTable {
  table?: string;
  mysqlColumns?: MysqlColumn[];
}

export interface MysqlColumn {
  column?: string;
  dataType?: string;
  length?: number;
  collation?: string;
  primaryKey?: boolean;
  nullable?: boolean;
  ordinalPosition?: number;
}

export interface PostgresqlSourceConfig {
  includeObjects?: PostgresqlRdbms;
  excludeObjects?: PostgresqlRdbms;
  replicationSlot?: string;
  publication?: string;
}

export interface PostgresqlRdbms {
  postgresqlSchemas?: PostgresqlSchema[];
}

export interface PostgresqlSchema {
  schema?: string;
  postgresqlTables?: PostgresqlTable[];
}

export interface PostgresqlTable {
  table?: string;
  postgresqlColumns?: PostgresqlColumn[];
}

export interface PostgresqlColumn {
  column?: string;
  dataType?: string;
  length?: number;
  precision?: number;
  scale?: number;
  primaryKey?: boolean;
  nullable?: boolean;
  ordinalPosition?: number;
}

export interface DestinationConfig {
  destinationConnectionProfile?: string;
  gcsDestinationConfig?: GcsDestinationConfig;
  bigqueryDestinationConfig?: BigQueryDestinationConfig;
}

export interface GcsDestinationConfig {
  path?: string;
  fileRotationMb?: number;
  fileRotationInterval?: Duration;
  avroFileFormat?: JsonObject;
  jsonFileFormat?: {
    schemaFileFormat?: 'SCHEMA_FILE_FORMAT_UNSPECIFIED' | 'NO_SCHEMA_FILE' | 'AVRO_SCHEMA_FILE';
    compression?: 'JSON_COMPRESSION_UNSPECIFIED' | 'NO_COMPRESSION' | 'GZIP';
  };
}

export interface BigQueryDestinationConfig {
  singleTargetDataset?: { datasetId?: string };
  sourceHierarchyDatasets?: BigQueryDestinationConfigSourceHierarchyDatasets;
  dataFreshness?: Duration;
}

export interface BigQueryDestinationConfigSourceHierarchyDatasets {
  datasetTemplate?: { location?: string; datasetIdPrefix?: string; kmsKeyName?: string };
}

export interface StreamBackfillAllStrategy {
  oracleExcludedObjects?: OracleRdbms;
  mysqlExcludedObjects?: MysqlRdbms;
  postgresqlExcludedObjects?: PostgresqlRdbms;
}

export interface DatastreamError {
  reason?: string;
  errorUuid?: string;
  message?: string;
  errorTime?: Timestamp;
  details?: Record<string, string>;
}

export interface PrivateConnection {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'CREATED' | 'FAILED' | 'DELETING' | 'FAILED_TO_DELETE';
  error?: DatastreamError;
  vpcPeeringConfig?: { vpc?: string; subnet?: string };
}

export interface DatastreamRoute {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  destinationAddress?: string;
  destinationPort?: number;
}
