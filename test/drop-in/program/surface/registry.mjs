import { createRequire } from 'node:module';
import { http } from '@google-cloud/functions-framework';
import { getFunction } from '@google-cloud/functions-framework/testing';

const require = createRequire(import.meta.url);
const handler = () => {};
http('fromModule', handler);
require('@google-cloud/functions-framework').http('fromCommon', handler);
console.log(getFunction('fromModule') === handler, getFunction('fromCommon') === handler);
