import type { Described } from './described';
import type { Duration, Timestamp } from './proto-json';

/** The events of Network Services. */
export interface NetworkServicesEvents {
  'google.cloud.networkservices.endpointPolicy.v1.created': Described<
    { payload?: EndpointPolicy },
    'endpointpolicy'
  >;
  'google.cloud.networkservices.endpointPolicy.v1.updated': Described<
    { payload?: EndpointPolicy },
    'endpointpolicy'
  >;
  'google.cloud.networkservices.endpointPolicy.v1.deleted': Described<
    { payload?: EndpointPolicy },
    'endpointpolicy'
  >;
  'google.cloud.networkservices.gateway.v1.created': Described<
    { payload?: NetworkServicesGateway },
    'gateway'
  >;
  'google.cloud.networkservices.gateway.v1.updated': Described<
    { payload?: NetworkServicesGateway },
    'gateway'
  >;
  'google.cloud.networkservices.gateway.v1.deleted': Described<
    { payload?: NetworkServicesGateway },
    'gateway'
  >;
  'google.cloud.networkservices.grpcRoute.v1.created': Described<
    { payload?: GrpcRoute },
    'grpcroute'
  >;
  'google.cloud.networkservices.grpcRoute.v1.updated': Described<
    { payload?: GrpcRoute },
    'grpcroute'
  >;
  'google.cloud.networkservices.grpcRoute.v1.deleted': Described<
    { payload?: GrpcRoute },
    'grpcroute'
  >;
  'google.cloud.networkservices.httpRoute.v1.created': Described<
    { payload?: HttpRoute },
    'httproute'
  >;
  'google.cloud.networkservices.httpRoute.v1.updated': Described<
    { payload?: HttpRoute },
    'httproute'
  >;
  'google.cloud.networkservices.httpRoute.v1.deleted': Described<
    { payload?: HttpRoute },
    'httproute'
  >;
  'google.cloud.networkservices.tcpRoute.v1.created': Described<
    { payload?: NetworkServicesTcpRoute },
    'tcproute'
  >;
  'google.cloud.networkservices.tcpRoute.v1.updated': Described<
    { payload?: NetworkServicesTcpRoute },
    'tcproute'
  >;
  'google.cloud.networkservices.tcpRoute.v1.deleted': Described<
    { payload?: NetworkServicesTcpRoute },
    'tcproute'
  >;
  'google.cloud.networkservices.tlsRoute.v1.created': Described<
    { payload?: NetworkServicesTlsRoute },
    'tlsroute'
  >;
  'google.cloud.networkservices.tlsRoute.v1.updated': Described<
    { payload?: NetworkServicesTlsRoute },
    'tlsroute'
  >;
  'google.cloud.networkservices.tlsRoute.v1.deleted': Described<
    { payload?: NetworkServicesTlsRoute },
    'tlsroute'
  >;
  'google.cloud.networkservices.serviceBinding.v1.created': Described<
    { payload?: ServiceBinding },
    'servicebinding'
  >;
  'google.cloud.networkservices.serviceBinding.v1.deleted': Described<
    { payload?: ServiceBinding },
    'servicebinding'
  >;
  'google.cloud.networkservices.mesh.v1.created': Described<
    { payload?: NetworkServicesMesh },
    'mesh'
  >;
  'google.cloud.networkservices.mesh.v1.updated': Described<
    { payload?: NetworkServicesMesh },
    'mesh'
  >;
  'google.cloud.networkservices.mesh.v1.deleted': Described<
    { payload?: NetworkServicesMesh },
    'mesh'
  >;
}

export interface EndpointPolicy {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  type?: 'ENDPOINT_POLICY_TYPE_UNSPECIFIED' | 'SIDECAR_PROXY' | 'GRPC_SERVER';
  authorizationPolicy?: string;
  endpointMatcher?: EndpointMatcher;
  trafficPortSelector?: { ports?: string[] };
  description?: string;
  serverTlsPolicy?: string;
  clientTlsPolicy?: string;
}

export interface EndpointMatcher {
  metadataLabelMatcher?: EndpointMatcherMetadataLabelMatcher;
}

export interface EndpointMatcherMetadataLabelMatcher {
  metadataLabelMatchCriteria?:
    | 'METADATA_LABEL_MATCH_CRITERIA_UNSPECIFIED'
    | 'MATCH_ANY'
    | 'MATCH_ALL';
  metadataLabels?: { labelName?: string; labelValue?: string }[];
}

export interface NetworkServicesGateway {
  name?: string;
  selfLink?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  type?: 'TYPE_UNSPECIFIED' | 'OPEN_MESH' | 'SECURE_WEB_GATEWAY';
  addresses?: string[];
  ports?: number[];
  scope?: string;
  serverTlsPolicy?: string;
  certificateUrls?: string[];
  gatewaySecurityPolicy?: string;
  network?: string;
  subnetwork?: string;
}

export interface GrpcRoute {
  name?: string;
  selfLink?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  hostnames?: string[];
  meshes?: string[];
  gateways?: string[];
  rules?: GrpcRouteRouteRule[];
}

export interface GrpcRouteRouteRule {
  matches?: GrpcRouteRouteMatch[];
  action?: GrpcRouteRouteAction;
}

export interface GrpcRouteRouteMatch {
  method?: {
    type?: 'TYPE_UNSPECIFIED' | 'EXACT' | 'REGULAR_EXPRESSION';
    grpcService?: string;
    grpcMethod?: string;
    caseSensitive?: boolean;
  };
  headers?: {
    type?: 'TYPE_UNSPECIFIED' | 'EXACT' | 'REGULAR_EXPRESSION';
    key?: string;
    value?: string;
  }[];
}

export interface GrpcRouteRouteAction {
  destinations?: { serviceName?: string; weight?: number }[];
  faultInjectionPolicy?: GrpcRouteFaultInjectionPolicy;
  timeout?: Duration;
  retryPolicy?: { retryConditions?: string[]; numRetries?: number };
}

export interface GrpcRouteFaultInjectionPolicy {
  delay?: { fixedDelay?: Duration; percentage?: number };
  abort?: { httpStatus?: number; percentage?: number };
}

export interface HttpRoute {
  name?: string;
  selfLink?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  hostnames?: string[];
  meshes?: string[];
  gateways?: string[];
  labels?: Record<string, string>;
  rules?: HttpRouteRouteRule[];
}

export interface HttpRouteRouteRule {
  matches?: HttpRouteRouteMatch[];
  action?: HttpRouteRouteAction;
}

export interface HttpRouteRouteMatch {
  fullPathMatch?: string;
  prefixMatch?: string;
  regexMatch?: string;
  ignoreCase?: boolean;
  headers?: HttpRouteHeaderMatch[];
  queryParameters?: {
    exactMatch?: string;
    regexMatch?: string;
    presentMatch?: boolean;
    queryParameter?: string;
  }[];
}

export interface HttpRouteHeaderMatch {
  exactMatch?: string;
  regexMatch?: string;
  prefixMatch?: string;
  presentMatch?: boolean;
  suffixMatch?: string;
  rangeMatch?: { start?: number; end?: number };
  header?: string;
  invertMatch?: boolean;
}

export interface HttpRouteRouteAction {
  destinations?: HttpRouteDestination[];
  redirect?: HttpRouteRedirect;
  faultInjectionPolicy?: HttpRouteFaultInjectionPolicy;
  requestHeaderModifier?: HttpRouteHeaderModifier;
  responseHeaderModifier?: HttpRouteHeaderModifier;
  urlRewrite?: { pathPrefixRewrite?: string; hostRewrite?: string };
  timeout?: Duration;
  retryPolicy?: { retryConditions?: string[]; numRetries?: number; perTryTimeout?: Duration };
  requestMirrorPolicy?: HttpRouteRequestMirrorPolicy;
  corsPolicy?: HttpRouteCorsPolicy;
}

export interface HttpRouteDestination {
  serviceName?: string;
  weight?: number;
}

export interface HttpRouteRedirect {
  hostRedirect?: string;
  pathRedirect?: string;
  prefixRewrite?: string;
  responseCode?:
    | 'RESPONSE_CODE_UNSPECIFIED'
    | 'MOVED_PERMANENTLY_DEFAULT'
    | 'FOUND'
    | 'SEE_OTHER'
    | 'TEMPORARY_REDIRECT'
    | 'PERMANENT_REDIRECT';
  httpsRedirect?: boolean;
  stripQuery?: boolean;
  portRedirect?: number;
}

export interface HttpRouteFaultInjectionPolicy {
  delay?: { fixedDelay?: Duration; percentage?: number };
  abort?: { httpStatus?: number; percentage?: number };
}

export interface HttpRouteHeaderModifier {
  set?: Record<string, string>;
  add?: Record<string, string>;
  remove?: string[];
}

export interface HttpRouteRequestMirrorPolicy {
  destination?: HttpRouteDestination;
}

export interface HttpRouteCorsPolicy {
  allowOrigins?: string[];
  allowOriginRegexes?: string[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  maxAge?: string;
  allowCredentials?: boolean;
  disabled?: boolean;
}

export interface NetworkServicesTcpRoute {
  name?: string;
  selfLink?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  rules?: TcpRouteRouteRule[];
  meshes?: string[];
  gateways?: string[];
  labels?: Record<string, string>;
}

export interface TcpRouteRouteRule {
  matches?: { address?: string; port?: string }[];
  action?: TcpRouteRouteAction;
}

export interface TcpRouteRouteAction {
  destinations?: { serviceName?: string; weight?: number }[];
  originalDestination?: boolean;
}

export interface NetworkServicesTlsRoute {
  name?: string;
  selfLink?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  rules?: TlsRouteRouteRule[];
  meshes?: string[];
  gateways?: string[];
}

export interface TlsRouteRouteRule {
  matches?: { sniHost?: string[]; alpn?: string[] }[];
  action?: TlsRouteRouteAction;
}

export interface TlsRouteRouteAction {
  destinations?: { serviceName?: string; weight?: number }[];
}

export interface ServiceBinding {
  name?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  service?: string;
  serviceId?: string;
  labels?: Record<string, string>;
}

export interface NetworkServicesMesh {
  name?: string;
  selfLink?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  interceptionPort?: number;
}
