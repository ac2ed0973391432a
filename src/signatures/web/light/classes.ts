import { LightHeaders } from './headers';
import { LightRequest } from './request';
import { LightResponse } from './response';

/** The class for a global name. */
export function lightClass(name: 'Headers' | 'Request' | 'Response'): unknown {
  if (name === 'Headers') return LightHeaders;
  return name === 'Request' ? LightRequest : LightResponse;
}
