import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of BeyondCorp. */
export interface AppConnectorsEvents {
  'google.cloud.beyondcorp.appconnectors.appConnector.v1.created': Described<
    { payload?: AppConnector },
    'appconnector'
  >;
  'google.cloud.beyondcorp.appconnectors.appConnector.v1.updated': Described<
    { payload?: AppConnector },
    'appconnector'
  >;
  'google.cloud.beyondcorp.appconnectors.appConnector.v1.deleted': Described<
    { payload?: AppConnector },
    'appconnector'
  >;
}

export interface AppConnector {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  uid?: string;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'CREATED' | 'UPDATING' | 'DELETING' | 'DOWN';
  principalInfo?: AppConnectorPrincipalInfo;
  resourceInfo?: ResourceInfo;
}

export interface AppConnectorPrincipalInfo {
  serviceAccount?: { email?: string };
}

export interface ResourceInfo {
  id?: string;
  status?: 'HEALTH_STATUS_UNSPECIFIED' | 'HEALTHY' | 'UNHEALTHY' | 'UNRESPONSIVE' | 'DEGRADED';
  time?: Timestamp;
  sub?: ResourceInfo[];
}
