import { bodyGroups } from './bodies';
import { conversionGroups } from './conversions';
import { eventGroups } from './events';
import { framingGroup } from './framing';
import { functionGroups } from './functions';
import type { Group } from './kinds';
import { lifeGroups } from './life';
import { processGroups } from './process';
import { requestGroups } from './requests';

/** Everything that is compared. */
export const groups: Group[] = [
  ...requestGroups,
  ...bodyGroups,
  framingGroup,
  ...functionGroups,
  ...eventGroups,
  ...conversionGroups,
  ...processGroups,
  ...lifeGroups,
];
