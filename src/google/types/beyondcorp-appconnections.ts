import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of BeyondCorp. */
export interface AppConnectionsEvents {
  'google.cloud.beyondcorp.appconnections.appConnection.v1.created': Described<
    { payload?: AppConnection },
    'appconnection'
  >;
  'google.cloud.beyondcorp.appconnections.appConnection.v1.updated': Described<
    { payload?: AppConnection },
    'appconnection'
  >;
  'google.cloud.beyondcorp.appconnections.appConnection.v1.deleted': Described<
    { payload?: AppConnection },
    'appconnection'
  >;
}

export interface AppConnection {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  uid?: string;
  type?: 'TYPE_UNSPECIFIED' | 'TCP_PROXY';
  applicationEndpoint?: { host?: string; port?: number };
  connectors?: string[];
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'CREATED' | 'UPDATING' | 'DELETING' | 'DOWN';
  gateway?: {
    type?: 'TYPE_UNSPECIFIED' | 'GCP_REGIONAL_MIG';
    uri?: string;
    ingressPort?: number;
    appGateway?: string;
    l7psc?: string;
  };
  satisfiesPzs?: boolean;
  satisfiesPzi?: boolean;
}
