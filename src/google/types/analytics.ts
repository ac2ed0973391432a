import type { Described } from './described';
import type { Int64 } from './proto-json';

/** The events of Google Analytics for Firebase. */
export interface AnalyticsEvents {
  'google.firebase.analytics.log.v1.written': Described<AnalyticsLogData>;
}

export interface AnalyticsLogData {
  userDim?: UserDimensions;
  eventDim?: EventDimensions[];
}

export interface UserDimensions {
  userId?: string;
  firstOpenTimestampMicros?: Int64;
  userProperties?: Record<string, UserPropertyValue>;
  deviceInfo?: DeviceInfo;
  geoInfo?: { continent?: string; country?: string; region?: string; city?: string };
  appInfo?: {
    appVersion?: string;
    appInstanceId?: string;
    appStore?: string;
    appPlatform?: string;
    appId?: string;
  };
  trafficSource?: {
    userAcquiredCampaign?: string;
    userAcquiredSource?: string;
    userAcquiredMedium?: string;
  };
  bundleInfo?: { bundleSequenceId?: number; serverTimestampOffsetMicros?: Int64 };
  ltvInfo?: { revenue?: number; currency?: string };
}

export interface UserPropertyValue {
  value?: AnalyticsValue;
  setTimestampUsec?: Int64;
  index?: number;
}

export interface AnalyticsValue {
  stringValue?: string;
  intValue?: Int64;
  floatValue?: number;
  doubleValue?: number;
}

export interface DeviceInfo {
  deviceCategory?: string;
  mobileBrandName?: string;
  mobileModelName?: string;
  mobileMarketingName?: string;
  deviceModel?: string;
  platformVersion?: string;
  deviceId?: string;
  resettableDeviceId?: string;
  userDefaultLanguage?: string;
  deviceTimeZoneOffsetSeconds?: number;
  limitedAdTracking?: boolean;
}

export interface EventDimensions {
  date?: string;
  name?: string;
  params?: Record<string, AnalyticsValue>;
  timestampMicros?: Int64;
  previousTimestampMicros?: Int64;
  valueInUsd?: number;
}
