import { compareWith } from './compare';
import { differences } from './differences';

compareWith(5, differences);
