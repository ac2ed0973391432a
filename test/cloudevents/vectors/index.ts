import { contextAttributes, extensions, version03 } from './attributes';
import { batchedMode, notEvents } from './batched';
import { binaryMode, headerValues } from './binary';
import { besideTheSpecification, sdkVectors } from './sdks';
import { structuredMode } from './structured';
import type { DecodeVector } from './vector';

export { encodeVectors } from './encoded';
export { base, type DecodeVector, type EncodeVector } from './vector';

/** What messages decode to, in every content mode. */
export const decodeVectors: DecodeVector[] = [
  ...binaryMode,
  ...headerValues,
  ...contextAttributes,
  ...extensions,
  ...version03,
  ...structuredMode,
  ...batchedMode,
  ...notEvents,
  ...sdkVectors,
  ...besideTheSpecification,
];
