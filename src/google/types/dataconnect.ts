import type { RpcCode } from './common';
import type { Described } from './described';
import type { JsonObject, Timestamp } from './proto-json';

/** The events of Firebase Data Connect. */
export interface DataConnectEvents {
  'google.firebase.dataconnect.service.v1.created': Described<
    { payload?: DataConnectService },
    'service'
  >;
  'google.firebase.dataconnect.service.v1.updated': Described<
    { payload?: DataConnectService },
    'service'
  >;
  'google.firebase.dataconnect.service.v1.deleted': Described<
    { payload?: DataConnectService },
    'service'
  >;
  'google.firebase.dataconnect.schema.v1.created': Described<
    { payload?: DataConnectSchema },
    'schema' | 'service'
  >;
  'google.firebase.dataconnect.schema.v1.updated': Described<
    { payload?: DataConnectSchema },
    'schema' | 'service'
  >;
  'google.firebase.dataconnect.schema.v1.deleted': Described<
    { payload?: DataConnectSchema },
    'schema' | 'service'
  >;
  'google.firebase.dataconnect.connector.v1.created': Described<
    { payload?: Connector },
    'connector' | 'service'
  >;
  'google.firebase.dataconnect.connector.v1.updated': Described<
    { payload?: Connector },
    'connector' | 'service'
  >;
  'google.firebase.dataconnect.connector.v1.deleted': Described<
    { payload?: Connector },
    'connector' | 'service'
  >;
  'google.firebase.dataconnect.connector.v1.mutationExecuted': Described<
    { payload?: DataConnectMutation },
    'connector' | 'service' | 'operation' | 'authtype' | 'authid'
  >;
}

export interface DataConnectService {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  uid?: string;
  reconciling?: boolean;
  displayName?: string;
  etag?: string;
}

export interface DataConnectSchema {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  datasources?: Datasource[];
  source?: DataConnectSource;
  uid?: string;
  reconciling?: boolean;
  displayName?: string;
  etag?: string;
}

export interface Datasource {
  postgresql?: PostgreSql;
}

export interface PostgreSql {
  schemaValidation?: 'SQL_SCHEMA_VALIDATION_UNSPECIFIED' | 'NONE' | 'STRICT' | 'COMPATIBLE';
  schemaMigration?: 'SQL_SCHEMA_MIGRATION_UNSPECIFIED' | 'MIGRATE_COMPATIBLE';
  unlinked?: boolean;
  cloudSql?: { instance?: string };
  database?: string;
}

export interface DataConnectSource {
  files?: { path?: string; content?: string }[];
}

export interface Connector {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  source?: DataConnectSource;
  uid?: string;
  reconciling?: boolean;
  displayName?: string;
  etag?: string;
}

export interface DataConnectMutation {
  data?: JsonObject;
  variables?: JsonObject;
  errors?: GraphqlError[];
}

export interface GraphqlError {
  message?: string;
  locations?: { line?: number; column?: number }[];
  path?: unknown[];
  extensions?: GraphqlErrorExtensions;
}

export interface GraphqlErrorExtensions {
  file?: string;
  code?: RpcCode;
  debugDetails?: string;
}
