import type { CallSite } from './call-site';

/** On a busy machine a file operation can take that long. */
const FILE_ROUNDS = 10;

/** Something that a call has started. */
export interface Work {
  readonly kind: Kind;
  readonly resource: Resource;
  readonly origin: CallSite;
}

/** A resource of Node's. Its members depend on its kind. */
export interface Resource {
  hasRef?(): boolean;
  /** The period of `setInterval()`, null for `setTimeout()`. */
  readonly _repeat?: number | null;
  /** The file descriptor of a socket. */
  readonly fd?: number;
  /** Of an HTTP request. */
  readonly origin?: string | URL;
  readonly protocol?: string;
  readonly method?: string;
  readonly path?: string;
  getHeader?(name: string): unknown;
  readonly destroyed?: boolean;
  readonly res?: { readonly complete: boolean } | null;
}

/** A handle lasts until it is closed, a system request until its callback. */
export interface Kind {
  readonly lasts: 'handle' | 'request' | 'exchange';
  /** How many rounds it may be idle. @default 1 */
  readonly rounds?: number;
  describe(resource: Resource): string;
}

/** By async_hooks type, most specific first: only the first match per place is reported. */
export const KINDS: Readonly<Record<string, Kind>> = {
  HTTP: { lasts: 'exchange', describe: describeRequest },
  HTTP2STREAM: { lasts: 'exchange', describe: () => 'an HTTP/2 or gRPC request' },
  PROCESSWRAP: { lasts: 'handle', describe: () => 'a child process' },
  WORKER: { lasts: 'handle', describe: () => 'a worker thread' },
  TCPSERVERWRAP: { lasts: 'handle', describe: () => 'a listening server' },
  PIPESERVERWRAP: { lasts: 'handle', describe: () => 'a listening server' },
  TCPWRAP: { lasts: 'handle', describe: () => 'an open socket' },
  PIPEWRAP: { lasts: 'handle', describe: () => 'an open pipe' },
  UDPWRAP: { lasts: 'handle', describe: () => 'an open socket (UDP)' },
  FSEVENTWRAP: { lasts: 'handle', describe: () => 'a file watcher' },
  STATWATCHER: { lasts: 'handle', describe: () => 'a file watcher' },
  Timeout: { lasts: 'handle', describe: describeTimer },
  TCPCONNECTWRAP: { lasts: 'request', describe: () => 'a connection being made' },
  PIPECONNECTWRAP: { lasts: 'request', describe: () => 'a connection being made' },
  FSREQCALLBACK: { lasts: 'request', rounds: FILE_ROUNDS, describe: () => 'a file operation' },
  FSREQPROMISE: { lasts: 'request', rounds: FILE_ROUNDS, describe: () => 'a file operation' },
  GETADDRINFOREQWRAP: { lasts: 'request', describe: () => 'a DNS lookup' },
  QUERYWRAP: { lasts: 'request', describe: () => 'a DNS lookup' },
};
const RANKS = Object.values(KINDS);

/** The most specific work of each place. */
export function onePerPlace(running: readonly Work[]): Work[] {
  const places = new Map<string | undefined, Work>();
  for (const work of running) {
    const { place } = work.origin;
    const other = places.get(place);
    if (other === undefined || isMoreSpecific(work, other)) places.set(place, work);
  }
  return [...places.values()];
}

/** Whether work runs that its function was to end. */
export function isRunning({ kind, resource, origin }: Work): boolean {
  // An agent that wraps the function, such as Sentry's, works for itself.
  if (origin.place === undefined) return false;
  if (kind.lasts === 'request') return true;
  if (kind.lasts === 'exchange') {
    return resource.destroyed !== true && resource.res?.complete !== true;
  }
  // The first console.log() opens stdout, where it is a pipe.
  if (resource.fd !== undefined && resource.fd >= 0 && resource.fd <= 2) return false;
  return origin.isOwn && !origin.isPooled && resource.hasRef?.() === true;
}

function isMoreSpecific(work: Work, other: Work): boolean {
  return RANKS.indexOf(work.kind) < RANKS.indexOf(other.kind);
}

/** A line for a warning. */
export function describe({ kind, resource, origin }: Work): string {
  return `  ${kind.describe(resource)}, started at ${origin.place}`;
}

function describeTimer({ _repeat }: Resource): string {
  return _repeat == null ? 'a timer (setTimeout)' : 'a timer (setInterval)';
}

/** Without the query, which may hold secrets and differs for each request. */
function describeRequest(request: Resource): string {
  const { method, path = '', origin } = request;
  const server = origin ?? `${request.protocol}//${request.getHeader?.('host')}`;
  return `a request, ${method} ${server}${path.split('?', 1)[0]}`;
}
