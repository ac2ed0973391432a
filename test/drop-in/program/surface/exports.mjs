import all, * as space from '@google-cloud/functions-framework';
import { cloudEvent, http } from '@google-cloud/functions-framework';
import testing, { getFunction, getTestServer } from '@google-cloud/functions-framework/testing';

console.log(http === all.http, cloudEvent === all.cloudEvent, space.http === http);
console.log(getFunction === testing.getFunction, getTestServer === testing.getTestServer);
