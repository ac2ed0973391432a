import type { ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';

/** The members of net.Socket that programs and Node read from `req.socket`. */
export function socketMembers({ session }: ServerHttp2Stream): object {
  const { remoteAddress, remotePort, remoteFamily, localAddress, localPort, localFamily } =
    session?.socket ?? ({} as Partial<Socket>);
  function itself(this: unknown): unknown {
    return this;
  }
  return {
    ...{ remoteAddress, remotePort, remoteFamily, localAddress, localPort, localFamily },
    ...{ setNoDelay: itself, setKeepAlive: itself, ref: itself, unref: itself },
  };
}
