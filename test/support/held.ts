import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { catchErrors, type Served } from './serving';

/** How many of each thing this process holds. */
async function held({ server, inFlight }: Served): Promise<Record<string, number>> {
  const connections = await new Promise<number>((resolve) =>
    server.getConnections((_, count) => resolve(count)),
  );
  const counts: Record<string, number> = { inFlight: inFlight.size, connections };
  if (existsSync('/proc/self/fd')) counts['descriptors'] = readdirSync('/proc/self/fd').length;
  for (const event of process.eventNames()) {
    counts[`listeners for ${String(event)}`] = process.listenerCount(event);
  }
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Lets clients come and leave, and fails unless all that they made the server hold is given back. */
export async function assertGivenBack(
  t: TestContext,
  served: Served,
  comeAndGo: () => Promise<void>,
): Promise<void> {
  const log = catchErrors(t);
  // What the first use opens for good is there from here on.
  await comeAndGo();
  const before = await held(served);
  for (let round = 0; round < 5; round++) await comeAndGo();
  let grown: string[] = [];
  for (let tries = 0; tries < 500; tries++) {
    const after = await held(served);
    grown = Object.keys(after).filter((name) => (after[name] ?? 0) > (before[name] ?? 0));
    if (grown.length === 0 && after['inFlight'] === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.deepEqual([grown, served.inFlight.size, log.text()], [[], 0, '']);
}
