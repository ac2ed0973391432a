import type { Described } from './described';
import type { Bytes, Timestamp } from './proto-json';

/** The events of API Gateway. */
export interface ApiGatewayEvents {
  'google.cloud.apigateway.gateway.v1.created': Described<
    { payload?: ApiGatewayGateway },
    'gateway'
  >;
  'google.cloud.apigateway.gateway.v1.updated': Described<
    { payload?: ApiGatewayGateway },
    'gateway'
  >;
  'google.cloud.apigateway.gateway.v1.deleted': Described<
    { payload?: ApiGatewayGateway },
    'gateway'
  >;
  'google.cloud.apigateway.api.v1.created': Described<{ payload?: ApiGatewayApi }, 'api'>;
  'google.cloud.apigateway.api.v1.updated': Described<{ payload?: ApiGatewayApi }, 'api'>;
  'google.cloud.apigateway.api.v1.deleted': Described<{ payload?: ApiGatewayApi }, 'api'>;
  'google.cloud.apigateway.apiConfig.v1.created': Described<
    { payload?: ApiConfig },
    'api' | 'apiconfig'
  >;
  'google.cloud.apigateway.apiConfig.v1.updated': Described<
    { payload?: ApiConfig },
    'api' | 'apiconfig'
  >;
  'google.cloud.apigateway.apiConfig.v1.deleted': Described<
    { payload?: ApiConfig },
    'api' | 'apiconfig'
  >;
}

export interface ApiGatewayGateway {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  apiConfig?: string;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'ACTIVE' | 'FAILED' | 'DELETING' | 'UPDATING';
  defaultHostname?: string;
}

export interface ApiGatewayApi {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  managedService?: string;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'ACTIVE' | 'FAILED' | 'DELETING' | 'UPDATING';
}

export interface ApiConfig {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  gatewayServiceAccount?: string;
  serviceConfigId?: string;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'CREATING'
    | 'ACTIVE'
    | 'FAILED'
    | 'DELETING'
    | 'UPDATING'
    | 'ACTIVATING';
  openapiDocuments?: ApiConfigOpenApiDocument[];
  grpcServices?: ApiConfigGrpcServiceDefinition[];
  managedServiceConfigs?: ApiConfigFile[];
}

export interface ApiConfigOpenApiDocument {
  document?: ApiConfigFile;
}

export interface ApiConfigFile {
  path?: string;
  contents?: Bytes;
}

export interface ApiConfigGrpcServiceDefinition {
  source?: ApiConfigFile[];
}
