import type { AttributeContextRequest, RpcStatus } from './common';
import type { Described } from './described';
import type { Int64, JsonObject, Timestamp } from './proto-json';

/** The events of Cloud Audit Logs. */
export interface AuditEvents {
  'google.cloud.audit.log.v1.written': Described<
    LogEntryData,
    'servicename' | 'methodname' | 'resourcename'
  >;
}

export interface LogEntryData {
  logName?: string;
  resource?: { type?: string; labels?: Record<string, string> };
  protoPayload?: AuditLog;
  insertId?: string;
  labels?: Record<string, string>;
  operation?: { id?: string; producer?: string; first?: boolean; last?: boolean };
  timestamp?: Timestamp;
  receiveTimestamp?: Timestamp;
  severity?:
    | 'DEFAULT'
    | 'DEBUG'
    | 'INFO'
    | 'NOTICE'
    | 'WARNING'
    | 'ERROR'
    | 'CRITICAL'
    | 'ALERT'
    | 'EMERGENCY';
  trace?: string;
  spanId?: string;
  split?: { uid?: string; index?: number; totalSplits?: number };
}

export interface AuditLog {
  serviceName?: string;
  methodName?: string;
  resourceName?: string;
  resourceLocation?: { currentLocations?: string[]; originalLocations?: string[] };
  resourceOriginalState?: JsonObject;
  numResponseItems?: Int64;
  status?: RpcStatus;
  authenticationInfo?: AuthenticationInfo;
  authorizationInfo?: AuthorizationInfo[];
  requestMetadata?: RequestMetadata;
  request?: JsonObject;
  response?: JsonObject;
  metadata?: JsonObject;
  serviceData?: JsonObject;
}

export interface AuthenticationInfo {
  principalEmail?: string;
  authoritySelector?: string;
  thirdPartyPrincipal?: JsonObject;
  serviceAccountKeyName?: string;
  serviceAccountDelegationInfo?: ServiceAccountDelegationInfo[];
  principalSubject?: string;
}

export interface ServiceAccountDelegationInfo {
  firstPartyPrincipal?: { principalEmail?: string; serviceMetadata?: JsonObject };
  thirdPartyPrincipal?: { thirdPartyClaims?: JsonObject };
}

export interface AuthorizationInfo {
  resource?: string;
  permission?: string;
  granted?: boolean;
  resourceAttributes?: {
    service?: string;
    name?: string;
    type?: string;
    labels?: Record<string, string>;
  };
}

export interface RequestMetadata {
  callerIp?: string;
  callerSuppliedUserAgent?: string;
  callerNetwork?: string;
  requestAttributes?: AttributeContextRequest;
  destinationAttributes?: {
    ip?: string;
    port?: Int64;
    labels?: Record<string, string>;
    principal?: string;
    regionCode?: string;
  };
}
