import type { DayOfWeek, TimeOfDay } from './common';
import type { Described } from './described';
import type { Duration, Timestamp } from './proto-json';

/** The events of Cloud Memorystore for Memcached. */
export interface MemcacheEvents {
  'google.cloud.memcache.instance.v1.created': Described<
    { payload?: MemcacheInstance },
    'instance'
  >;
  'google.cloud.memcache.instance.v1.updated': Described<
    { payload?: MemcacheInstance },
    'instance'
  >;
  'google.cloud.memcache.instance.v1.deleted': Described<
    { payload?: MemcacheInstance },
    'instance'
  >;
}

export interface MemcacheInstance {
  name?: string;
  displayName?: string;
  labels?: Record<string, string>;
  authorizedNetwork?: string;
  zones?: string[];
  nodeCount?: number;
  nodeConfig?: { cpuCount?: number; memorySizeMb?: number };
  memcacheVersion?: 'MEMCACHE_VERSION_UNSPECIFIED' | 'MEMCACHE_1_5';
  parameters?: MemcacheParameters;
  memcacheNodes?: MemcacheInstanceNode[];
  createTime?: Timestamp;
  updateTime?: Timestamp;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'CREATING'
    | 'READY'
    | 'UPDATING'
    | 'DELETING'
    | 'PERFORMING_MAINTENANCE';
  memcacheFullVersion?: string;
  instanceMessages?: {
    code?: 'CODE_UNSPECIFIED' | 'ZONE_DISTRIBUTION_UNBALANCED';
    message?: string;
  }[];
  discoveryEndpoint?: string;
  maintenancePolicy?: MemcacheMaintenancePolicy;
  maintenanceSchedule?: {
    startTime?: Timestamp;
    endTime?: Timestamp;
    scheduleDeadlineTime?: Timestamp;
  };
}

export interface MemcacheParameters {
  id?: string;
  params?: Record<string, string>;
}

export interface MemcacheInstanceNode {
  nodeId?: string;
  zone?: string;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'READY' | 'DELETING' | 'UPDATING';
  host?: string;
  port?: number;
  parameters?: MemcacheParameters;
}

export interface MemcacheMaintenancePolicy {
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  weeklyMaintenanceWindow?: MemcacheWeeklyMaintenanceWindow[];
}

export interface MemcacheWeeklyMaintenanceWindow {
  day?: DayOfWeek;
  startTime?: TimeOfDay;
  duration?: Duration;
}
