// The tests of web functions once more, with the light classes in place of Node's.
import { installLightClasses } from '../../../../src/signatures/web/globals';

installLightClasses();
for (const name of ['broken-off', 'request', 'response', 'streams']) require(`../${name}.test`);
