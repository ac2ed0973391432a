// The applications of web.test.ts once more, with the light classes in place of Node's.
import { installLightClasses } from '../../src/signatures/web/globals';

installLightClasses();
require('./web.test');
