import { compareWith } from './compare';
import { differences } from './differences';
import { olderThan5 } from './differences/google-3';

compareWith(3, olderThan5(differences));
