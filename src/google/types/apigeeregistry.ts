import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of Apigee Registry. */
export interface ApigeeRegistryEvents {
  'google.cloud.apigeeregistry.instance.v1.created': Described<
    { payload?: ApigeeRegistryInstance },
    'instance'
  >;
  'google.cloud.apigeeregistry.instance.v1.deleted': Described<
    { payload?: ApigeeRegistryInstance },
    'instance'
  >;
  'google.cloud.apigeeregistry.api.v1.created': Described<{ payload?: ApigeeRegistryApi }, 'api'>;
  'google.cloud.apigeeregistry.api.v1.updated': Described<{ payload?: ApigeeRegistryApi }, 'api'>;
  'google.cloud.apigeeregistry.api.v1.deleted': Described<{ payload?: ApigeeRegistryApi }, 'api'>;
  'google.cloud.apigeeregistry.apiVersion.v1.created': Described<
    { payload?: ApiVersion },
    'api' | 'version'
  >;
  'google.cloud.apigeeregistry.apiVersion.v1.updated': Described<
    { payload?: ApiVersion },
    'api' | 'version'
  >;
  'google.cloud.apigeeregistry.apiVersion.v1.deleted': Described<
    { payload?: ApiVersion },
    'api' | 'version'
  >;
  'google.cloud.apigeeregistry.apiSpec.v1.created': Described<
    { payload?: ApigeeRegistryApiSpec },
    'api' | 'version' | 'spec'
  >;
  'google.cloud.apigeeregistry.apiSpec.v1.updated': Described<
    { payload?: ApigeeRegistryApiSpec },
    'api' | 'version' | 'spec'
  >;
  'google.cloud.apigeeregistry.apiSpec.v1.deleted': Described<
    { payload?: ApigeeRegistryApiSpec },
    'api' | 'version' | 'spec'
  >;
  'google.cloud.apigeeregistry.apiDeployment.v1.created': Described<
    { payload?: ApiDeployment },
    'api' | 'deployment'
  >;
  'google.cloud.apigeeregistry.apiDeployment.v1.updated': Described<
    { payload?: ApiDeployment },
    'api' | 'deployment'
  >;
  'google.cloud.apigeeregistry.apiDeployment.v1.deleted': Described<
    { payload?: ApiDeployment },
    'api' | 'deployment'
  >;
}

export interface ApigeeRegistryInstance {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'INACTIVE'
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'FAILED';
  stateMessage?: string;
  config?: { location?: string; cmekKeyName?: string };
}

export interface ApigeeRegistryApi {
  name?: string;
  displayName?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  availability?: string;
  recommendedVersion?: string;
  recommendedDeployment?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface ApiVersion {
  name?: string;
  displayName?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  state?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface ApigeeRegistryApiSpec {
  name?: string;
  filename?: string;
  description?: string;
  revisionId?: string;
  createTime?: Timestamp;
  revisionCreateTime?: Timestamp;
  revisionUpdateTime?: Timestamp;
  mimeType?: string;
  sizeBytes?: number;
  hash?: string;
  sourceUri?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface ApiDeployment {
  name?: string;
  displayName?: string;
  description?: string;
  revisionId?: string;
  createTime?: Timestamp;
  revisionCreateTime?: Timestamp;
  revisionUpdateTime?: Timestamp;
  apiSpecRevision?: string;
  endpointUri?: string;
  externalChannelUri?: string;
  intendedAudience?: string;
  accessGuidance?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
