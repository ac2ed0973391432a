import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of API hub. */
export interface ApiHubEvents {
  'google.cloud.apihub.api.v1.created': Described<{ payload?: ApiHubApi }, 'api'>;
  'google.cloud.apihub.api.v1.updated': Described<{ payload?: ApiHubApi }, 'api'>;
  'google.cloud.apihub.api.v1.deleted': Described<{ payload?: ApiHubApi }, 'api'>;
  'google.cloud.apihub.version.v1.created': Described<
    { payload?: ApiHubVersion },
    'api' | 'version'
  >;
  'google.cloud.apihub.version.v1.updated': Described<
    { payload?: ApiHubVersion },
    'api' | 'version'
  >;
  'google.cloud.apihub.version.v1.deleted': Described<
    { payload?: ApiHubVersion },
    'api' | 'version'
  >;
  'google.cloud.apihub.spec.v1.created': Described<
    { payload?: ApiHubSpec },
    'api' | 'spec' | 'version'
  >;
  'google.cloud.apihub.spec.v1.updated': Described<
    { payload?: ApiHubSpec },
    'api' | 'spec' | 'version'
  >;
  'google.cloud.apihub.spec.v1.deleted': Described<
    { payload?: ApiHubSpec },
    'api' | 'spec' | 'version'
  >;
  'google.cloud.apihub.deployment.v1.created': Described<{ payload?: Deployment }, 'deployment'>;
  'google.cloud.apihub.deployment.v1.updated': Described<{ payload?: Deployment }, 'deployment'>;
  'google.cloud.apihub.deployment.v1.deleted': Described<{ payload?: Deployment }, 'deployment'>;
  'google.cloud.apihub.attribute.v1.created': Described<{ payload?: Attribute }, 'attribute'>;
  'google.cloud.apihub.externalApi.v1.created': Described<{ payload?: ExternalApi }, 'externalapi'>;
  'google.cloud.apihub.externalApi.v1.updated': Described<{ payload?: ExternalApi }, 'externalapi'>;
  'google.cloud.apihub.externalApi.v1.deleted': Described<{ payload?: ExternalApi }, 'externalapi'>;
  'google.cloud.apihub.dependency.v1.created': Described<{ payload?: Dependency }, 'dependency'>;
  'google.cloud.apihub.dependency.v1.updated': Described<{ payload?: Dependency }, 'dependency'>;
  'google.cloud.apihub.dependency.v1.deleted': Described<{ payload?: Dependency }, 'dependency'>;
  'google.cloud.apihub.hostProjectRegistration.v1.created': Described<
    { payload?: { name?: string; gcpProject?: string; createTime?: Timestamp } },
    'hostprojectregistration'
  >;
  'google.cloud.apihub.apiHubInstance.v1.created': Described<
    { payload?: ApiHubInstance },
    'apihubinstance'
  >;
  'google.cloud.apihub.runtimeProjectAttachment.v1.created': Described<
    { payload?: { name?: string; runtimeProject?: string; createTime?: Timestamp } },
    'runtimeprojectattachment'
  >;
  'google.cloud.apihub.runtimeProjectAttachment.v1.deleted': Described<
    { payload?: { name?: string; runtimeProject?: string; createTime?: Timestamp } },
    'runtimeprojectattachment'
  >;
}

export interface ApiHubApi {
  name?: string;
  displayName?: string;
  description?: string;
  documentation?: { externalUri?: string };
  owner?: ApiHubOwner;
  versions?: string[];
  createTime?: Timestamp;
  updateTime?: Timestamp;
  targetUser?: AttributeValues;
  team?: AttributeValues;
  businessUnit?: AttributeValues;
  maturityLevel?: AttributeValues;
  attributes?: Record<string, AttributeValues>;
  apiStyle?: AttributeValues;
  selectedVersion?: string;
}

export interface ApiHubOwner {
  displayName?: string;
  email?: string;
}

export interface AttributeValues {
  enumValues?: AttributeValuesEnumAttributeValues;
  stringValues?: { values?: string[] };
  jsonValues?: { values?: string[] };
  attribute?: string;
}

export interface AttributeValuesEnumAttributeValues {
  values?: AttributeAllowedValue[];
}

export interface AttributeAllowedValue {
  id?: string;
  displayName?: string;
  description?: string;
  immutable?: boolean;
}

export interface ApiHubVersion {
  name?: string;
  displayName?: string;
  description?: string;
  documentation?: { externalUri?: string };
  specs?: string[];
  apiOperations?: string[];
  definitions?: string[];
  deployments?: string[];
  createTime?: Timestamp;
  updateTime?: Timestamp;
  lifecycle?: AttributeValues;
  compliance?: AttributeValues;
  accreditation?: AttributeValues;
  attributes?: Record<string, AttributeValues>;
  selectedDeployment?: string;
}

export interface ApiHubSpec {
  name?: string;
  displayName?: string;
  specType?: AttributeValues;
  details?: SpecDetails;
  sourceUri?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  lintResponse?: LintResponse;
  attributes?: Record<string, AttributeValues>;
  documentation?: { externalUri?: string };
}

export interface SpecDetails {
  openApiSpecDetails?: OpenApiSpecDetails;
  description?: string;
}

export interface OpenApiSpecDetails {
  format?: 'FORMAT_UNSPECIFIED' | 'OPEN_API_SPEC_2_0' | 'OPEN_API_SPEC_3_0' | 'OPEN_API_SPEC_3_1';
  version?: string;
  owner?: ApiHubOwner;
}

export interface LintResponse {
  issues?: ApiHubIssue[];
  summary?: LintResponseSummaryEntry[];
  state?: 'LINT_STATE_UNSPECIFIED' | 'LINT_STATE_SUCCESS' | 'LINT_STATE_ERROR';
  source?: string;
  linter?: 'LINTER_UNSPECIFIED' | 'SPECTRAL' | 'OTHER';
  createTime?: Timestamp;
}

export interface ApiHubIssue {
  code?: string;
  path?: string[];
  message?: string;
  severity?: ApiHubSeverity;
  range?: ApiHubRange;
}

export type ApiHubSeverity =
  | 'SEVERITY_UNSPECIFIED'
  | 'SEVERITY_ERROR'
  | 'SEVERITY_WARNING'
  | 'SEVERITY_INFO'
  | 'SEVERITY_HINT';

export interface ApiHubRange {
  start?: ApiHubPoint;
  end?: ApiHubPoint;
}

export interface ApiHubPoint {
  line?: number;
  character?: number;
}

export interface LintResponseSummaryEntry {
  severity?: ApiHubSeverity;
  count?: number;
}

export interface Deployment {
  name?: string;
  displayName?: string;
  description?: string;
  documentation?: { externalUri?: string };
  deploymentType?: AttributeValues;
  resourceUri?: string;
  endpoints?: string[];
  apiVersions?: string[];
  createTime?: Timestamp;
  updateTime?: Timestamp;
  slo?: AttributeValues;
  environment?: AttributeValues;
  attributes?: Record<string, AttributeValues>;
}

export interface Attribute {
  name?: string;
  displayName?: string;
  description?: string;
  definitionType?: 'DEFINITION_TYPE_UNSPECIFIED' | 'SYSTEM_DEFINED' | 'USER_DEFINED';
  scope?:
    | 'SCOPE_UNSPECIFIED'
    | 'API'
    | 'VERSION'
    | 'SPEC'
    | 'API_OPERATION'
    | 'DEPLOYMENT'
    | 'DEPENDENCY'
    | 'DEFINITION'
    | 'EXTERNAL_API'
    | 'PLUGIN';
  dataType?: 'DATA_TYPE_UNSPECIFIED' | 'ENUM' | 'JSON' | 'STRING';
  allowedValues?: AttributeAllowedValue[];
  cardinality?: number;
  mandatory?: boolean;
  createTime?: Timestamp;
  updateTime?: Timestamp;
}

export interface ExternalApi {
  name?: string;
  displayName?: string;
  description?: string;
  endpoints?: string[];
  paths?: string[];
  documentation?: { externalUri?: string };
  attributes?: Record<string, AttributeValues>;
  createTime?: Timestamp;
  updateTime?: Timestamp;
}

export interface Dependency {
  name?: string;
  consumer?: DependencyEntityReference;
  supplier?: DependencyEntityReference;
  state?: 'STATE_UNSPECIFIED' | 'PROPOSED' | 'VALIDATED';
  description?: string;
  discoveryMode?: 'DISCOVERY_MODE_UNSPECIFIED' | 'MANUAL';
  errorDetail?: {
    error?: 'ERROR_UNSPECIFIED' | 'SUPPLIER_NOT_FOUND' | 'SUPPLIER_RECREATED';
    errorTime?: Timestamp;
  };
  createTime?: Timestamp;
  updateTime?: Timestamp;
  attributes?: Record<string, AttributeValues>;
}

export interface DependencyEntityReference {
  operationResourceName?: string;
  externalApiResourceName?: string;
  displayName?: string;
}

export interface ApiHubInstance {
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
  config?: { cmekKeyName?: string };
  labels?: Record<string, string>;
  description?: string;
}
