import type { RpcStatus } from './common';
import type { Described } from './described';
import type { Bytes, Duration, Timestamp } from './proto-json';

/** The events of Cloud Scheduler. */
export interface SchedulerEvents {
  'google.cloud.scheduler.job.v1.created': Described<{ payload?: SchedulerJob }, 'job'>;
  'google.cloud.scheduler.job.v1.updated': Described<{ payload?: SchedulerJob }, 'job'>;
  'google.cloud.scheduler.job.v1.deleted': Described<{ payload?: SchedulerJob }, 'job'>;
  'google.cloud.scheduler.job.v1.executed': Described<SchedulerJobData>;
}

export interface SchedulerJob {
  name?: string;
  description?: string;
  pubsubTarget?: { topicName?: string; data?: Bytes; attributes?: Record<string, string> };
  appEngineHttpTarget?: AppEngineHttpTarget;
  httpTarget?: HttpTarget;
  schedule?: string;
  timeZone?: string;
  userUpdateTime?: Timestamp;
  state?: 'STATE_UNSPECIFIED' | 'ENABLED' | 'PAUSED' | 'DISABLED' | 'UPDATE_FAILED';
  status?: RpcStatus;
  scheduleTime?: Timestamp;
  lastAttemptTime?: Timestamp;
  retryConfig?: {
    retryCount?: number;
    maxRetryDuration?: Duration;
    minBackoffDuration?: Duration;
    maxBackoffDuration?: Duration;
    maxDoublings?: number;
  };
  attemptDeadline?: Duration;
}

export interface AppEngineHttpTarget {
  httpMethod?: HttpMethod;
  appEngineRouting?: { service?: string; version?: string; instance?: string; host?: string };
  relativeUri?: string;
  headers?: Record<string, string>;
  body?: Bytes;
}

export type HttpMethod =
  | 'HTTP_METHOD_UNSPECIFIED'
  | 'POST'
  | 'GET'
  | 'HEAD'
  | 'PUT'
  | 'DELETE'
  | 'PATCH'
  | 'OPTIONS';

export interface HttpTarget {
  uri?: string;
  httpMethod?: HttpMethod;
  headers?: Record<string, string>;
  body?: Bytes;
  oauthToken?: { serviceAccountEmail?: string; scope?: string };
  oidcToken?: { serviceAccountEmail?: string; audience?: string };
}

export interface SchedulerJobData {
  customData?: Bytes;
}
