import type { DifferenceOnPurpose } from './comparison';
import { conversionDifferences } from './differences/conversions';
import { errorDifferences } from './differences/errors';
import { eventDifferences } from './differences/events';
import { processDifferences } from './differences/process';
import { requestDifferences } from './differences/requests';
import { responseDifferences } from './differences/responses';

/** Where we differ from Google's package on purpose. Every entry has to be met by a case. */
export const differences: DifferenceOnPurpose[] = [
  ...requestDifferences,
  ...responseDifferences,
  ...eventDifferences,
  ...conversionDifferences,
  ...processDifferences,
  ...errorDifferences,
];
