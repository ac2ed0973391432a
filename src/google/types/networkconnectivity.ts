import type { RpcStatus } from './common';
import type { Described } from './described';
import type { Int64, Timestamp } from './proto-json';

/** The events of Network Connectivity. */
export interface NetworkConnectivityEvents {
  'google.cloud.networkconnectivity.serviceConnectionMap.v1.created': Described<
    { payload?: ServiceConnectionMap },
    'serviceconnectionmap'
  >;
  'google.cloud.networkconnectivity.serviceConnectionMap.v1.updated': Described<
    { payload?: ServiceConnectionMap },
    'serviceconnectionmap'
  >;
  'google.cloud.networkconnectivity.serviceConnectionMap.v1.deleted': Described<
    { payload?: ServiceConnectionMap },
    'serviceconnectionmap'
  >;
  'google.cloud.networkconnectivity.serviceConnectionPolicy.v1.created': Described<
    { payload?: ServiceConnectionPolicy },
    'serviceconnectionpolicy'
  >;
  'google.cloud.networkconnectivity.serviceConnectionPolicy.v1.updated': Described<
    { payload?: ServiceConnectionPolicy },
    'serviceconnectionpolicy'
  >;
  'google.cloud.networkconnectivity.serviceConnectionPolicy.v1.deleted': Described<
    { payload?: ServiceConnectionPolicy },
    'serviceconnectionpolicy'
  >;
  'google.cloud.networkconnectivity.serviceClass.v1.updated': Described<
    { payload?: ServiceClass },
    'serviceclass'
  >;
  'google.cloud.networkconnectivity.serviceClass.v1.deleted': Described<
    { payload?: ServiceClass },
    'serviceclass'
  >;
  'google.cloud.networkconnectivity.serviceConnectionToken.v1.created': Described<
    { payload?: ServiceConnectionToken },
    'serviceconnectiontoken'
  >;
  'google.cloud.networkconnectivity.serviceConnectionToken.v1.deleted': Described<
    { payload?: ServiceConnectionToken },
    'serviceconnectiontoken'
  >;
  'google.cloud.networkconnectivity.hub.v1.created': Described<
    { payload?: NetworkConnectivityHub },
    'hub'
  >;
  'google.cloud.networkconnectivity.hub.v1.updated': Described<
    { payload?: NetworkConnectivityHub },
    'hub'
  >;
  'google.cloud.networkconnectivity.hub.v1.deleted': Described<
    { payload?: NetworkConnectivityHub },
    'hub'
  >;
  'google.cloud.networkconnectivity.spoke.v1.created': Described<
    { payload?: NetworkConnectivitySpoke },
    'spoke'
  >;
  'google.cloud.networkconnectivity.spoke.v1.updated': Described<
    { payload?: NetworkConnectivitySpoke },
    'spoke'
  >;
  'google.cloud.networkconnectivity.spoke.v1.deleted': Described<
    { payload?: NetworkConnectivitySpoke },
    'spoke'
  >;
}

export interface ServiceConnectionMap {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  serviceClass?: string;
  serviceClassUri?: string;
  infrastructure?: 'INFRASTRUCTURE_UNSPECIFIED' | 'PSC';
  producerPscConfigs?: { serviceAttachmentUri?: string }[];
  consumerPscConfigs?: {
    project?: string;
    network?: string;
    disableGlobalAccess?: boolean;
    state?: 'STATE_UNSPECIFIED' | 'VALID' | 'CONNECTION_POLICY_MISSING';
  }[];
  consumerPscConnections?: ServiceConnectionMapConsumerPscConnection[];
}

export interface ServiceConnectionMapConsumerPscConnection {
  serviceAttachmentUri?: string;
  state?: 'STATE_UNSPECIFIED' | 'ACTIVE' | 'FAILED' | 'CREATING' | 'DELETING';
  project?: string;
  network?: string;
  pscConnectionId?: string;
  ip?: string;
  errorType?: ConnectionErrorType;
  error?: RpcStatus;
  gceOperation?: string;
  forwardingRule?: string;
}

export type ConnectionErrorType =
  | 'CONNECTION_ERROR_TYPE_UNSPECIFIED'
  | 'ERROR_INTERNAL'
  | 'ERROR_CONSUMER_SIDE'
  | 'ERROR_PRODUCER_SIDE';

export interface ServiceConnectionPolicy {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  network?: string;
  serviceClass?: string;
  infrastructure?: 'INFRASTRUCTURE_UNSPECIFIED' | 'PSC';
  pscConfig?: { subnetworks?: string[]; limit?: Int64 };
  pscConnections?: ServiceConnectionPolicyPscConnection[];
}

export interface ServiceConnectionPolicyPscConnection {
  state?: 'STATE_UNSPECIFIED' | 'ACTIVE' | 'FAILED' | 'CREATING' | 'DELETING';
  consumerForwardingRule?: string;
  consumerAddress?: string;
  errorType?: ConnectionErrorType;
  error?: RpcStatus;
  gceOperation?: string;
  consumerTargetProject?: string;
  pscConnectionId?: string;
}

export interface ServiceClass {
  name?: string;
  serviceClass?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  serviceConnectionMaps?: string[];
}

export interface ServiceConnectionToken {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  network?: string;
}

export interface NetworkConnectivityHub {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  uniqueId?: string;
  state?: NetworkConnectivityState;
  routingVpcs?: { uri?: string; requiredForNewSiteToSiteDataTransferSpokes?: boolean }[];
}

export type NetworkConnectivityState =
  | 'STATE_UNSPECIFIED'
  | 'CREATING'
  | 'ACTIVE'
  | 'DELETING'
  | 'UPDATING';

export interface NetworkConnectivitySpoke {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  hub?: string;
  linkedVpnTunnels?: { uris?: string[]; siteToSiteDataTransfer?: boolean; vpcNetwork?: string };
  linkedInterconnectAttachments?: {
    uris?: string[];
    siteToSiteDataTransfer?: boolean;
    vpcNetwork?: string;
  };
  linkedRouterApplianceInstances?: LinkedRouterApplianceInstances;
  uniqueId?: string;
  state?: NetworkConnectivityState;
}

export interface LinkedRouterApplianceInstances {
  instances?: { virtualMachine?: string; ipAddress?: string }[];
  siteToSiteDataTransfer?: boolean;
  vpcNetwork?: string;
}
