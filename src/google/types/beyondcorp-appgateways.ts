import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of BeyondCorp. */
export interface AppGatewaysEvents {
  'google.cloud.beyondcorp.appgateways.appGateway.v1.created': Described<
    { payload?: AppGateway },
    'appgateway'
  >;
  'google.cloud.beyondcorp.appgateways.appGateway.v1.deleted': Described<
    { payload?: AppGateway },
    'appgateway'
  >;
}

export interface AppGateway {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  uid?: string;
  type?: 'TYPE_UNSPECIFIED' | 'TCP_PROXY';
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'CREATED' | 'UPDATING' | 'DELETING' | 'DOWN';
  uri?: string;
  allocatedConnections?: { pscUri?: string; ingressPort?: number }[];
  hostType?: 'HOST_TYPE_UNSPECIFIED' | 'GCP_REGIONAL_MIG';
  satisfiesPzs?: boolean;
  satisfiesPzi?: boolean;
}
