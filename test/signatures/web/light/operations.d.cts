import type { Operation } from './generated';

export function runAll(
  subject: unknown,
  operations: Operation[],
  classes: object,
): Promise<unknown>;
export function outcomeOf(call: () => unknown): Promise<unknown>;
export function shown(value: unknown): Promise<unknown>;
