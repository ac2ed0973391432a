import type { RpcStatus } from './common';
import type { Described } from './described';
import type { Int64, Timestamp } from './proto-json';

/** The events of Network Management. */
export interface NetworkManagementEvents {
  'google.cloud.networkmanagement.connectivityTest.v1.created': Described<
    { payload?: ConnectivityTest },
    'test'
  >;
  'google.cloud.networkmanagement.connectivityTest.v1.updated': Described<
    { payload?: ConnectivityTest },
    'test'
  >;
  'google.cloud.networkmanagement.connectivityTest.v1.deleted': Described<
    { payload?: ConnectivityTest },
    'test'
  >;
}

export interface ConnectivityTest {
  name?: string;
  description?: string;
  source?: NetworkManagementEndpoint;
  destination?: NetworkManagementEndpoint;
  protocol?: string;
  relatedProjects?: string[];
  displayName?: string;
  labels?: Record<string, string>;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  reachabilityDetails?: ReachabilityDetails;
}

export interface NetworkManagementEndpoint {
  ipAddress?: string;
  port?: number;
  instance?: string;
  gkeMasterCluster?: string;
  cloudSqlInstance?: string;
  cloudFunction?: { uri?: string };
  appEngineVersion?: { uri?: string };
  cloudRunRevision?: { uri?: string };
  network?: string;
  networkType?: 'NETWORK_TYPE_UNSPECIFIED' | 'GCP_NETWORK' | 'NON_GCP_NETWORK';
  projectId?: string;
}

export interface ReachabilityDetails {
  result?: 'RESULT_UNSPECIFIED' | 'REACHABLE' | 'UNREACHABLE' | 'AMBIGUOUS' | 'UNDETERMINED';
  verifyTime?: Timestamp;
  error?: RpcStatus;
  traces?: NetworkManagementTrace[];
}

export interface NetworkManagementTrace {
  endpointInfo?: EndpointInfo;
  steps?: NetworkManagementStep[];
}

export interface EndpointInfo {
  sourceIp?: string;
  destinationIp?: string;
  protocol?: string;
  sourcePort?: number;
  destinationPort?: number;
  sourceNetworkUri?: string;
  destinationNetworkUri?: string;
}

export interface NetworkManagementStep {
  description?: string;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'START_FROM_INSTANCE'
    | 'START_FROM_INTERNET'
    | 'START_FROM_GOOGLE_SERVICE'
    | 'START_FROM_PRIVATE_NETWORK'
    | 'START_FROM_GKE_MASTER'
    | 'START_FROM_CLOUD_SQL_INSTANCE'
    | 'START_FROM_CLOUD_FUNCTION'
    | 'START_FROM_APP_ENGINE_VERSION'
    | 'START_FROM_CLOUD_RUN_REVISION'
    | 'APPLY_INGRESS_FIREWALL_RULE'
    | 'APPLY_EGRESS_FIREWALL_RULE'
    | 'APPLY_ROUTE'
    | 'APPLY_FORWARDING_RULE'
    | 'SPOOFING_APPROVED'
    | 'ARRIVE_AT_INSTANCE'
    | 'ARRIVE_AT_INTERNAL_LOAD_BALANCER'
    | 'ARRIVE_AT_EXTERNAL_LOAD_BALANCER'
    | 'ARRIVE_AT_VPN_GATEWAY'
    | 'ARRIVE_AT_VPN_TUNNEL'
    | 'ARRIVE_AT_VPC_CONNECTOR'
    | 'NAT'
    | 'PROXY_CONNECTION'
    | 'DELIVER'
    | 'DROP'
    | 'FORWARD'
    | 'ABORT'
    | 'VIEWER_PERMISSION_MISSING';
  causesDrop?: boolean;
  projectId?: string;
  instance?: InstanceInfo;
  firewall?: FirewallInfo;
  route?: RouteInfo;
  endpoint?: EndpointInfo;
  googleService?: GoogleServiceInfo;
  forwardingRule?: ForwardingRuleInfo;
  vpnGateway?: VpnGatewayInfo;
  vpnTunnel?: VpnTunnelInfo;
  vpcConnector?: { displayName?: string; uri?: string; location?: string };
  deliver?: DeliverInfo;
  forward?: ForwardInfo;
  abort?: AbortInfo;
  drop?: NetworkManagementDropInfo;
  loadBalancer?: LoadBalancerInfo;
  network?: { displayName?: string; uri?: string; matchedIpRange?: string };
  gkeMaster?: {
    clusterUri?: string;
    clusterNetworkUri?: string;
    internalIp?: string;
    externalIp?: string;
  };
  cloudSqlInstance?: CloudSQLInstanceInfo;
  cloudFunction?: { displayName?: string; uri?: string; location?: string; versionId?: Int64 };
  appEngineVersion?: { displayName?: string; uri?: string; runtime?: string; environment?: string };
  cloudRunRevision?: { displayName?: string; uri?: string; location?: string; serviceUri?: string };
}

export interface InstanceInfo {
  displayName?: string;
  uri?: string;
  interface?: string;
  networkUri?: string;
  internalIp?: string;
  externalIp?: string;
  networkTags?: string[];
  serviceAccount?: string;
}

export interface FirewallInfo {
  displayName?: string;
  uri?: string;
  direction?: string;
  action?: string;
  priority?: number;
  networkUri?: string;
  targetTags?: string[];
  targetServiceAccounts?: string[];
  policy?: string;
  firewallRuleType?:
    | 'FIREWALL_RULE_TYPE_UNSPECIFIED'
    | 'HIERARCHICAL_FIREWALL_POLICY_RULE'
    | 'VPC_FIREWALL_RULE'
    | 'IMPLIED_VPC_FIREWALL_RULE'
    | 'SERVERLESS_VPC_ACCESS_MANAGED_FIREWALL_RULE'
    | 'NETWORK_FIREWALL_POLICY_RULE';
}

export interface RouteInfo {
  routeType?:
    | 'ROUTE_TYPE_UNSPECIFIED'
    | 'SUBNET'
    | 'STATIC'
    | 'DYNAMIC'
    | 'PEERING_SUBNET'
    | 'PEERING_STATIC'
    | 'PEERING_DYNAMIC'
    | 'POLICY_BASED';
  nextHopType?:
    | 'NEXT_HOP_TYPE_UNSPECIFIED'
    | 'NEXT_HOP_IP'
    | 'NEXT_HOP_INSTANCE'
    | 'NEXT_HOP_NETWORK'
    | 'NEXT_HOP_PEERING'
    | 'NEXT_HOP_INTERCONNECT'
    | 'NEXT_HOP_VPN_TUNNEL'
    | 'NEXT_HOP_VPN_GATEWAY'
    | 'NEXT_HOP_INTERNET_GATEWAY'
    | 'NEXT_HOP_BLACKHOLE'
    | 'NEXT_HOP_ILB'
    | 'NEXT_HOP_ROUTER_APPLIANCE';
  displayName?: string;
  uri?: string;
  destIpRange?: string;
  nextHop?: string;
  networkUri?: string;
  priority?: number;
  instanceTags?: string[];
  srcIpRange?: string;
  destPortRanges?: string[];
  srcPortRanges?: string[];
  protocols?: string[];
}

export interface GoogleServiceInfo {
  sourceIp?: string;
  googleServiceType?:
    | 'GOOGLE_SERVICE_TYPE_UNSPECIFIED'
    | 'IAP'
    | 'GFE_PROXY_OR_HEALTH_CHECK_PROBER'
    | 'CLOUD_DNS';
}

export interface ForwardingRuleInfo {
  displayName?: string;
  uri?: string;
  matchedProtocol?: string;
  matchedPortRange?: string;
  vip?: string;
  target?: string;
  networkUri?: string;
}

export interface VpnGatewayInfo {
  displayName?: string;
  uri?: string;
  networkUri?: string;
  ipAddress?: string;
  vpnTunnelUri?: string;
  region?: string;
}

export interface VpnTunnelInfo {
  displayName?: string;
  uri?: string;
  sourceGateway?: string;
  remoteGateway?: string;
  remoteGatewayIp?: string;
  sourceGatewayIp?: string;
  networkUri?: string;
  region?: string;
  routingType?: 'ROUTING_TYPE_UNSPECIFIED' | 'ROUTE_BASED' | 'POLICY_BASED' | 'DYNAMIC';
}

export interface DeliverInfo {
  target?:
    | 'TARGET_UNSPECIFIED'
    | 'INSTANCE'
    | 'INTERNET'
    | 'GOOGLE_API'
    | 'GKE_MASTER'
    | 'CLOUD_SQL_INSTANCE'
    | 'PSC_PUBLISHED_SERVICE'
    | 'PSC_GOOGLE_API'
    | 'PSC_VPC_SC';
  resourceUri?: string;
}

export interface ForwardInfo {
  target?:
    | 'TARGET_UNSPECIFIED'
    | 'PEERING_VPC'
    | 'VPN_GATEWAY'
    | 'INTERCONNECT'
    | 'GKE_MASTER'
    | 'IMPORTED_CUSTOM_ROUTE_NEXT_HOP'
    | 'CLOUD_SQL_INSTANCE'
    | 'ANOTHER_PROJECT';
  resourceUri?: string;
}

export interface AbortInfo {
  cause?:
    | 'CAUSE_UNSPECIFIED'
    | 'UNKNOWN_NETWORK'
    | 'UNKNOWN_IP'
    | 'UNKNOWN_PROJECT'
    | 'PERMISSION_DENIED'
    | 'NO_SOURCE_LOCATION'
    | 'INVALID_ARGUMENT'
    | 'NO_EXTERNAL_IP'
    | 'UNINTENDED_DESTINATION'
    | 'TRACE_TOO_LONG'
    | 'INTERNAL_ERROR'
    | 'SOURCE_ENDPOINT_NOT_FOUND'
    | 'MISMATCHED_SOURCE_NETWORK'
    | 'DESTINATION_ENDPOINT_NOT_FOUND'
    | 'MISMATCHED_DESTINATION_NETWORK'
    | 'UNSUPPORTED'
    | 'MISMATCHED_IP_VERSION'
    | 'GKE_KONNECTIVITY_PROXY_UNSUPPORTED'
    | 'RESOURCE_CONFIG_NOT_FOUND';
  resourceUri?: string;
  projectsMissingPermission?: string[];
}

export interface NetworkManagementDropInfo {
  cause?:
    | 'CAUSE_UNSPECIFIED'
    | 'UNKNOWN_EXTERNAL_ADDRESS'
    | 'FOREIGN_IP_DISALLOWED'
    | 'FIREWALL_RULE'
    | 'NO_ROUTE'
    | 'ROUTE_BLACKHOLE'
    | 'ROUTE_WRONG_NETWORK'
    | 'PRIVATE_TRAFFIC_TO_INTERNET'
    | 'PRIVATE_GOOGLE_ACCESS_DISALLOWED'
    | 'NO_EXTERNAL_ADDRESS'
    | 'UNKNOWN_INTERNAL_ADDRESS'
    | 'FORWARDING_RULE_MISMATCH'
    | 'FORWARDING_RULE_REGION_MISMATCH'
    | 'FORWARDING_RULE_NO_INSTANCES'
    | 'FIREWALL_BLOCKING_LOAD_BALANCER_BACKEND_HEALTH_CHECK'
    | 'INSTANCE_NOT_RUNNING'
    | 'GKE_CLUSTER_NOT_RUNNING'
    | 'CLOUD_SQL_INSTANCE_NOT_RUNNING'
    | 'TRAFFIC_TYPE_BLOCKED'
    | 'GKE_MASTER_UNAUTHORIZED_ACCESS'
    | 'CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS'
    | 'DROPPED_INSIDE_GKE_SERVICE'
    | 'DROPPED_INSIDE_CLOUD_SQL_SERVICE'
    | 'GOOGLE_MANAGED_SERVICE_NO_PEERING'
    | 'GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT'
    | 'GKE_PSC_ENDPOINT_MISSING'
    | 'CLOUD_SQL_INSTANCE_NO_IP_ADDRESS'
    | 'GKE_CONTROL_PLANE_REGION_MISMATCH'
    | 'PUBLIC_GKE_CONTROL_PLANE_TO_PRIVATE_DESTINATION'
    | 'GKE_CONTROL_PLANE_NO_ROUTE'
    | 'CLOUD_SQL_INSTANCE_NOT_CONFIGURED_FOR_EXTERNAL_TRAFFIC'
    | 'PUBLIC_CLOUD_SQL_INSTANCE_TO_PRIVATE_DESTINATION'
    | 'CLOUD_SQL_INSTANCE_NO_ROUTE'
    | 'CLOUD_FUNCTION_NOT_ACTIVE'
    | 'VPC_CONNECTOR_NOT_SET'
    | 'VPC_CONNECTOR_NOT_RUNNING'
    | 'PSC_CONNECTION_NOT_ACCEPTED'
    | 'CLOUD_RUN_REVISION_NOT_READY'
    | 'DROPPED_INSIDE_PSC_SERVICE_PRODUCER'
    | 'LOAD_BALANCER_HAS_NO_PROXY_SUBNET';
  resourceUri?: string;
}

export interface LoadBalancerInfo {
  loadBalancerType?:
    | 'LOAD_BALANCER_TYPE_UNSPECIFIED'
    | 'INTERNAL_TCP_UDP'
    | 'NETWORK_TCP_UDP'
    | 'HTTP_PROXY'
    | 'TCP_PROXY'
    | 'SSL_PROXY';
  healthCheckUri?: string;
  backends?: {
    displayName?: string;
    uri?: string;
    healthCheckFirewallState?:
      | 'HEALTH_CHECK_FIREWALL_STATE_UNSPECIFIED'
      | 'CONFIGURED'
      | 'MISCONFIGURED';
    healthCheckAllowingFirewallRules?: string[];
    healthCheckBlockingFirewallRules?: string[];
  }[];
  backendType?: 'BACKEND_TYPE_UNSPECIFIED' | 'BACKEND_SERVICE' | 'TARGET_POOL' | 'TARGET_INSTANCE';
  backendUri?: string;
}

export interface CloudSQLInstanceInfo {
  displayName?: string;
  uri?: string;
  networkUri?: string;
  internalIp?: string;
  externalIp?: string;
  region?: string;
}
