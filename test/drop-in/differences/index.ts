import type { DifferenceOnPurpose } from '../comparison';
import { conversionDifferences } from './conversions';
import { errorDifferences } from './errors';
import { eventDifferences } from './events';
import { processDifferences } from './process';
import { requestDifferences } from './requests';
import { responseDifferences } from './responses';

/** Where we differ from Google's package on purpose. Every entry has to be met by a case. */
export const differences: DifferenceOnPurpose[] = [
  ...requestDifferences,
  ...responseDifferences,
  ...eventDifferences,
  ...conversionDifferences,
  ...processDifferences,
  ...errorDifferences,
];
