import type { Described } from './described';
import type { Int64, Timestamp } from './proto-json';

/** The events of Cloud Functions. */
export interface FunctionsEvents {
  'google.cloud.functions.function.v2.created': Described<
    { payload?: FunctionsFunction },
    'function'
  >;
  'google.cloud.functions.function.v2.updated': Described<
    { payload?: FunctionsFunction },
    'function'
  >;
  'google.cloud.functions.function.v2.deleted': Described<
    { payload?: FunctionsFunction },
    'function'
  >;
}

export interface FunctionsFunction {
  name?: string;
  environment?: 'ENVIRONMENT_UNSPECIFIED' | 'GEN_1' | 'GEN_2';
  description?: string;
  buildConfig?: BuildConfig;
  serviceConfig?: ServiceConfig;
  eventTrigger?: EventTrigger;
  state?: 'STATE_UNSPECIFIED' | 'ACTIVE' | 'FAILED' | 'DEPLOYING' | 'DELETING' | 'UNKNOWN';
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  stateMessages?: StateMessage[];
}

export interface BuildConfig {
  build?: string;
  runtime?: string;
  entryPoint?: string;
  source?: FunctionsSource;
  sourceProvenance?: FunctionsSourceProvenance;
  workerPool?: string;
  environmentVariables?: Record<string, string>;
  dockerRegistry?: 'DOCKER_REGISTRY_UNSPECIFIED' | 'CONTAINER_REGISTRY' | 'ARTIFACT_REGISTRY';
  dockerRepository?: string;
  buildpackStack?: string;
}

export interface FunctionsSource {
  storageSource?: FunctionsStorageSource;
  repoSource?: FunctionsRepoSource;
}

export interface FunctionsStorageSource {
  bucket?: string;
  object?: string;
  generation?: Int64;
}

export interface FunctionsRepoSource {
  branchName?: string;
  tagName?: string;
  commitSha?: string;
  projectId?: string;
  repoName?: string;
  dir?: string;
  invertRegex?: boolean;
}

export interface FunctionsSourceProvenance {
  resolvedStorageSource?: FunctionsStorageSource;
  resolvedRepoSource?: FunctionsRepoSource;
}

export interface ServiceConfig {
  service?: string;
  timeoutSeconds?: number;
  availableMemory?: string;
  availableCpu?: string;
  environmentVariables?: Record<string, string>;
  maxInstanceCount?: number;
  minInstanceCount?: number;
  vpcConnector?: string;
  vpcConnectorEgressSettings?:
    | 'VPC_CONNECTOR_EGRESS_SETTINGS_UNSPECIFIED'
    | 'PRIVATE_RANGES_ONLY'
    | 'ALL_TRAFFIC';
  ingressSettings?:
    | 'INGRESS_SETTINGS_UNSPECIFIED'
    | 'ALLOW_ALL'
    | 'ALLOW_INTERNAL_ONLY'
    | 'ALLOW_INTERNAL_AND_GCLB';
  uri?: string;
  serviceAccountEmail?: string;
  allTrafficOnLatestRevision?: boolean;
  secretEnvironmentVariables?: {
    key?: string;
    projectId?: string;
    secret?: string;
    version?: string;
  }[];
  secretVolumes?: SecretVolume[];
  revision?: string;
  maxInstanceRequestConcurrency?: number;
  securityLevel?: 'SECURITY_LEVEL_UNSPECIFIED' | 'SECURE_ALWAYS' | 'SECURE_OPTIONAL';
}

export interface SecretVolume {
  mountPath?: string;
  projectId?: string;
  secret?: string;
  versions?: { version?: string; path?: string }[];
}

export interface EventTrigger {
  trigger?: string;
  triggerRegion?: string;
  eventType?: string;
  eventFilters?: { attribute?: string; value?: string; operator?: string }[];
  pubsubTopic?: string;
  serviceAccountEmail?: string;
  retryPolicy?: 'RETRY_POLICY_UNSPECIFIED' | 'RETRY_POLICY_DO_NOT_RETRY' | 'RETRY_POLICY_RETRY';
  channel?: string;
}

export interface StateMessage {
  severity?: 'SEVERITY_UNSPECIFIED' | 'ERROR' | 'WARNING' | 'INFO';
  type?: string;
  message?: string;
}
