import type { Described } from './described';
import type { Int64, Timestamp } from './proto-json';

/** The events of Firebase Remote Config. */
export interface RemoteConfigEvents {
  'google.firebase.remoteconfig.remoteConfig.v1.updated': Described<RemoteConfigEventData>;
}

export interface RemoteConfigEventData {
  versionNumber?: Int64;
  updateTime?: Timestamp;
  updateUser?: { name?: string; email?: string; imageUrl?: string };
  description?: string;
  updateOrigin?:
    | 'REMOTE_CONFIG_UPDATE_ORIGIN_UNSPECIFIED'
    | 'CONSOLE'
    | 'REST_API'
    | 'ADMIN_SDK_NODE';
  updateType?:
    | 'REMOTE_CONFIG_UPDATE_TYPE_UNSPECIFIED'
    | 'INCREMENTAL_UPDATE'
    | 'FORCED_UPDATE'
    | 'ROLLBACK';
  rollbackSource?: Int64;
}
