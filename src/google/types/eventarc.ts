import type { RpcCode } from './common';
import type { Described } from './described';
import type { Duration, JsonObject, Timestamp } from './proto-json';

/** The events of Eventarc. */
export interface EventarcEvents {
  'google.cloud.eventarc.trigger.v1.created': Described<{ payload?: EventarcTrigger }, 'trigger'>;
  'google.cloud.eventarc.trigger.v1.updated': Described<{ payload?: EventarcTrigger }, 'trigger'>;
  'google.cloud.eventarc.trigger.v1.deleted': Described<{ payload?: EventarcTrigger }, 'trigger'>;
  'google.cloud.eventarc.channel.v1.created': Described<{ payload?: EventarcChannel }, 'channel'>;
  'google.cloud.eventarc.channel.v1.updated': Described<{ payload?: EventarcChannel }, 'channel'>;
  'google.cloud.eventarc.channel.v1.deleted': Described<{ payload?: EventarcChannel }, 'channel'>;
  'google.cloud.eventarc.channelConnection.v1.created': Described<
    { payload?: ChannelConnection },
    'channelconnection'
  >;
  'google.cloud.eventarc.channelConnection.v1.deleted': Described<
    { payload?: ChannelConnection },
    'channelconnection'
  >;
  'google.cloud.eventarc.messageBus.v1.created': Described<{ payload?: MessageBus }, 'messagebus'>;
  'google.cloud.eventarc.messageBus.v1.updated': Described<{ payload?: MessageBus }, 'messagebus'>;
  'google.cloud.eventarc.messageBus.v1.deleted': Described<{ payload?: MessageBus }, 'messagebus'>;
  'google.cloud.eventarc.enrollment.v1.created': Described<{ payload?: Enrollment }, 'enrollment'>;
  'google.cloud.eventarc.enrollment.v1.updated': Described<{ payload?: Enrollment }, 'enrollment'>;
  'google.cloud.eventarc.enrollment.v1.deleted': Described<{ payload?: Enrollment }, 'enrollment'>;
  'google.cloud.eventarc.pipeline.v1.created': Described<
    { payload?: EventarcPipeline },
    'pipeline'
  >;
  'google.cloud.eventarc.pipeline.v1.updated': Described<
    { payload?: EventarcPipeline },
    'pipeline'
  >;
  'google.cloud.eventarc.pipeline.v1.deleted': Described<
    { payload?: EventarcPipeline },
    'pipeline'
  >;
  'google.cloud.eventarc.googleApiSource.v1.created': Described<
    { payload?: GoogleApiSource },
    'googleapisource'
  >;
  'google.cloud.eventarc.googleApiSource.v1.updated': Described<
    { payload?: GoogleApiSource },
    'googleapisource'
  >;
  'google.cloud.eventarc.googleApiSource.v1.deleted': Described<
    { payload?: GoogleApiSource },
    'googleapisource'
  >;
}

export interface EventarcTrigger {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  eventFilters?: { attribute?: string; value?: string; operator?: string }[];
  serviceAccount?: string;
  destination?: Destination;
  transport?: Transport;
  labels?: Record<string, string>;
  channel?: string;
  conditions?: Record<string, StateCondition>;
  eventDataContentType?: string;
  satisfiesPzs?: boolean;
  retryPolicy?: { maxAttempts?: number };
  etag?: string;
}

export interface Destination {
  cloudRun?: { service?: string; path?: string; region?: string };
  cloudFunction?: string;
  gke?: {
    cluster?: string;
    location?: string;
    namespace?: string;
    service?: string;
    path?: string;
  };
  workflow?: string;
  httpEndpoint?: { uri?: string };
  networkConfig?: { networkAttachment?: string };
}

export interface Transport {
  pubsub?: { topic?: string; subscription?: string };
}

export interface StateCondition {
  code?: RpcCode;
  message?: string;
}

export interface EventarcChannel {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  provider?: string;
  pubsubTopic?: string;
  state?: 'STATE_UNSPECIFIED' | 'PENDING' | 'ACTIVE' | 'INACTIVE';
  activationToken?: string;
  cryptoKeyName?: string;
  satisfiesPzs?: boolean;
  labels?: Record<string, string>;
}

export interface ChannelConnection {
  name?: string;
  uid?: string;
  channel?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
}

export interface MessageBus {
  name?: string;
  uid?: string;
  etag?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  displayName?: string;
  cryptoKeyName?: string;
  loggingConfig?: LoggingConfig;
}

export interface LoggingConfig {
  logSeverity?:
    | 'LOG_SEVERITY_UNSPECIFIED'
    | 'NONE'
    | 'DEBUG'
    | 'INFO'
    | 'NOTICE'
    | 'WARNING'
    | 'ERROR'
    | 'CRITICAL'
    | 'ALERT'
    | 'EMERGENCY';
}

export interface Enrollment {
  name?: string;
  uid?: string;
  etag?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  displayName?: string;
  celMatch?: string;
  messageBus?: string;
  destination?: string;
}

export interface EventarcPipeline {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  uid?: string;
  annotations?: Record<string, string>;
  displayName?: string;
  destinations?: PipelineDestination[];
  mediations?: PipelineMediation[];
  cryptoKeyName?: string;
  inputPayloadFormat?: PipelineMessagePayloadFormat;
  loggingConfig?: LoggingConfig;
  retryPolicy?: { maxAttempts?: number; minRetryDelay?: Duration; maxRetryDelay?: Duration };
  etag?: string;
  satisfiesPzs?: boolean;
}

export interface PipelineDestination {
  networkConfig?: { networkAttachment?: string };
  httpEndpoint?: { uri?: string; messageBindingTemplate?: string };
  workflow?: string;
  messageBus?: string;
  topic?: string;
  authenticationConfig?: PipelineDestinationAuthenticationConfig;
  outputPayloadFormat?: PipelineMessagePayloadFormat;
}

export interface PipelineDestinationAuthenticationConfig {
  googleOidc?: { serviceAccount?: string; audience?: string };
  oauthToken?: { serviceAccount?: string; scope?: string };
}

export interface PipelineMessagePayloadFormat {
  protobuf?: { schemaDefinition?: string };
  avro?: { schemaDefinition?: string };
  json?: JsonObject;
}

export interface PipelineMediation {
  transformation?: { transformationTemplate?: string };
}

export interface GoogleApiSource {
  name?: string;
  uid?: string;
  etag?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  displayName?: string;
  destination?: string;
  cryptoKeyName?: string;
  loggingConfig?: LoggingConfig;
  organizationSubscription?: { enabled?: boolean };
  projectSubscriptions?: { list?: string[] };
}
