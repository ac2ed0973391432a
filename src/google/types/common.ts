import type { AnyMessage, Int64, JsonObject, Timestamp } from './proto-json';

export interface TimeOfDay {
  hours?: number;
  minutes?: number;
  seconds?: number;
  nanos?: number;
}

export type DayOfWeek =
  | 'DAY_OF_WEEK_UNSPECIFIED'
  | 'MONDAY'
  | 'TUESDAY'
  | 'WEDNESDAY'
  | 'THURSDAY'
  | 'FRIDAY'
  | 'SATURDAY'
  | 'SUNDAY';

export interface RpcStatus {
  code?: number;
  message?: string;
  details?: AnyMessage[];
}

export interface AttributeContextRequest {
  id?: string;
  method?: string;
  headers?: Record<string, string>;
  path?: string;
  host?: string;
  scheme?: string;
  query?: string;
  time?: Timestamp;
  size?: Int64;
  protocol?: string;
  reason?: string;
  auth?: {
    principal?: string;
    audiences?: string[];
    presenter?: string;
    claims?: JsonObject;
    accessLevels?: string[];
  };
}

export interface LatLng {
  latitude?: number;
  longitude?: number;
}

export type RpcCode =
  | 'OK'
  | 'CANCELLED'
  | 'UNKNOWN'
  | 'INVALID_ARGUMENT'
  | 'DEADLINE_EXCEEDED'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'PERMISSION_DENIED'
  | 'UNAUTHENTICATED'
  | 'RESOURCE_EXHAUSTED'
  | 'FAILED_PRECONDITION'
  | 'ABORTED'
  | 'OUT_OF_RANGE'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | 'UNAVAILABLE'
  | 'DATA_LOSS';

export interface LocalizedMessage {
  locale?: string;
  message?: string;
}
