import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

/** Ports that were handed out: two servers that start at once must not get the same one. */
const taken = new Set<number>();

/** A port that nothing listens on, for servers that cannot say which one they took. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  if (taken.has(port)) return freePort();
  taken.add(port);
  return port;
}
