import type { DifferenceOnPurpose } from './comparison';

/** Where we differ from Google's package on purpose. Every entry has to be met by a case. */
export const differences: DifferenceOnPurpose[] = [];
