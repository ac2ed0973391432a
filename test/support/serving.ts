import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { type Registration, registration } from '../../src/core/registry';
import { createService, type ServeOptions, type Service } from '../../src/server/serve';

/** A function that answers at `origin` until its test is over. */
export interface Served extends Service {
  readonly origin: string;
  readonly port: number;
}

/** Serves a function, registered or not, on a free port. */
export async function serve(
  t: TestContext,
  target: string | Pick<Registration, 'type' | 'handler' | 'options'>,
  options: ServeOptions = {},
): Promise<Served> {
  const found = typeof target === 'string' ? registration(target) : { name: 'function', ...target };
  const service = createService(found as Registration, options);
  const { server } = service;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(service, { port, origin: `http://127.0.0.1:${port}` });
}

/** What is written to console.error until the test is over. */
export function catchErrors(t: TestContext): { text(): string } {
  const lines: string[] = [];
  t.mock.method(console, 'error', (...values: unknown[]) => void lines.push(values.join(' ')));
  return { text: () => lines.join('\n') };
}

/** Waits for a condition; fails when it does not come true in 30 seconds. */
export function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + 30_000;
    const look = (): void => {
      if (condition()) resolve();
      else if (Date.now() > deadline) reject(new Error('It did not happen within 30 s.'));
      else setTimeout(look, 5);
    };
    look();
  });
}
