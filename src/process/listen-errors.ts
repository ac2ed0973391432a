import { BarefnError } from '../errors';
import type { Options } from '../options/options';

/** The error of a server that cannot listen, with what to do about it. */
export function listenFailure(
  cause: NodeJS.ErrnoException,
  { port, host }: Pick<Options, 'port' | 'host'>,
): BarefnError {
  const where = host === undefined ? `port ${port}` : `${host}, port ${port}`;
  const why = adviceOnListenError(cause) ?? cause.message;
  return new BarefnError('CANNOT_LISTEN', `Cannot listen on ${where}: ${why}`, { cause });
}

function adviceOnListenError({ code }: NodeJS.ErrnoException): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return 'it is in use. Stop the other program, or pass --port=0 for a free one.';
    case 'EACCES':
      return 'that is not permitted. Pass a port above 1023, e.g. --port=8080.';
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return 'this machine has no such address. Check --host and HOST.';
    default:
      return undefined;
  }
}
