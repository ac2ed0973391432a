import { createRequire } from 'node:module';

/** A function with functions; what they take and return is for the tests to know. */
type Oracle = any;

/** A package as Express itself loads it. */
export function expressDependency(name: string): Oracle {
  return createRequire(require.resolve('express'))(name);
}
