import { subscribe } from 'node:diagnostics_channel';
import type { Registration } from '../registry';
import { isThenable } from '../thenable';
import { CallTracker, type Origin } from './origins';

/** How long work may go on after the function has ended: what only winds up is done by then. */
const GRACE_MS = 50;

const WHY = `An event function is complete when it returns, or when its promise settles. On Cloud Run its CPU
is taken away then and the instance may be stopped, so this work may never end. Await it before
returning; unref() what may be lost. (Each place is told once; --no-warn-unfinished turns it off.)`;

/** One call of the function. */
interface Call {
  /** What it started and what has not ended, by async id or request. */
  readonly work: Map<unknown, Work>;
  isOver: boolean;
}

interface Work {
  readonly kind: Kind;
  readonly resource: Resource;
  readonly origin: Origin;
}

/** A resource of node's. Which of it there is depends on its kind. */
interface Resource {
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

/** A handle stays until it is closed, a request to the system until it is called back. */
interface Kind {
  readonly lasts: 'handle' | 'request' | 'exchange';
  describe(resource: Resource): string;
}

/** By node's name of the kind; of two that one place started, the upper one is told. */
const KINDS: Readonly<Record<string, Kind>> = {
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
  FSREQCALLBACK: { lasts: 'request', describe: () => 'a file operation' },
  FSREQPROMISE: { lasts: 'request', describe: () => 'a file operation' },
  GETADDRINFOREQWRAP: { lasts: 'request', describe: () => 'a DNS lookup' },
  QUERYWRAP: { lasts: 'request', describe: () => 'a DNS lookup' },
};
const RANKS = Object.values(KINDS);

/**
 * Dresses an event function so that work is reported which it leaves running: what is there when it
 * ends and still runs after a moment. What a package opened for itself, connections that are kept
 * for later, and what was unref'ed is no such work.
 *
 * @param report prints a warning
 */
export function watchUnfinished(
  registration: Registration,
  report: (text: string) => void,
): Registration {
  const { name, handler } = registration;
  if (typeof handler !== 'function') return registration;
  const tracker = trackWork();
  const told = new Set<string>();
  const watched = (...args: unknown[]): unknown => {
    const call: Call = { work: new Map(), isOver: false };
    const settled = (): void => checkLater(call, tell);
    if (typeof args.at(-1) === 'function') {
      args.push(endingWith(settled, args.pop() as Callback));
      return tracker.run(call, () => handler(...args));
    }
    return endWith(settled, () => tracker.run(call, () => handler(...args)));
  };
  // The number of parameters says whether the function calls back.
  Object.defineProperty(watched, 'length', { value: handler.length });
  return { ...registration, handler: watched };

  function tell(lines: string[]): void {
    const news = lines.filter((line) => !told.has(line));
    if (news.length === 0) return;
    for (const line of news) told.add(line);
    report(
      `Warning: ${name} ended while work that it started was running:\n${news.join('\n')}\n${WHY}`,
    );
  }
}

type Callback = (...results: unknown[]) => void;

function endingWith(settled: () => void, callback: Callback): Callback {
  return (...results) => {
    settled();
    callback(...results);
  };
}

function endWith(settled: () => void, call: () => unknown): unknown {
  let result: unknown;
  try {
    result = call();
  } catch (fault) {
    settled();
    throw fault;
  }
  if (!isThenable(result)) {
    settled();
    return result;
  }
  // Some thenables do their work each time that then() is called.
  const promise = Promise.resolve(result);
  promise.then(settled, settled);
  return promise;
}

function trackWork(): CallTracker<Call> {
  const tracker = new CallTracker<Call>({
    started(call, id, type, resource, origin) {
      const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
      if (kind !== undefined && !call.isOver) call.work.set(id, { kind, resource, origin });
    },
    calledBack(call, id) {
      if (call.work.get(id)?.kind.lasts === 'request') call.work.delete(id);
    },
    ended: (call, id) => void call.work.delete(id),
  });
  const owners = new WeakMap<object, Call>();
  const begin = (message: unknown): void => {
    const { request } = message as { request: Resource };
    const current = tracker.current();
    if (current === undefined || current.call.isOver) return;
    owners.set(request, current.call);
    const kind = KINDS['HTTP'] as Kind;
    current.call.work.set(request, { kind, resource: request, origin: current.origin });
  };
  const end = (message: unknown): void => {
    const { request } = message as { request: Resource };
    owners.get(request)?.work.delete(request);
  };
  for (const channel of ['undici:request:create', 'http.client.request.start']) {
    subscribe(channel, begin);
  }
  for (const channel of ['undici:request:trailers', 'undici:request:error']) {
    subscribe(channel, end);
  }
  return tracker;
}

/** Tells what runs when the call has ended, once it had a moment to end as well. */
function checkLater(call: Call, tell: (lines: string[]) => void): void {
  setTimeout(() => {
    call.isOver = true;
    const places = new Map<string | undefined, Work>();
    for (const work of call.work.values()) {
      const { place } = work.origin;
      const other = places.get(place);
      if (isRunning(work) && (other === undefined || isTold(work, other))) places.set(place, work);
    }
    call.work.clear();
    if (places.size > 0) tell([...places.values()].map(describe));
  }, GRACE_MS).unref();
}

function isRunning({ kind, resource, origin }: Work): boolean {
  if (kind.lasts === 'request') return true;
  if (kind.lasts === 'exchange') {
    return resource.destroyed !== true && resource.res?.complete !== true;
  }
  // The first console.log() opens stdout, where it is a pipe.
  if (resource.fd !== undefined && resource.fd >= 0 && resource.fd <= 2) return false;
  return origin.isOwn && !origin.isPooled && resource.hasRef?.() === true;
}

function isTold(work: Work, other: Work): boolean {
  return RANKS.indexOf(work.kind) < RANKS.indexOf(other.kind);
}

function describe({ kind, resource, origin }: Work): string {
  const where = origin.place === undefined ? '' : `, started at ${origin.place}`;
  return `  ${kind.describe(resource)}${where}`;
}

function describeTimer({ _repeat }: Resource): string {
  return _repeat == null ? 'a timer (setTimeout)' : 'a timer (setInterval)';
}

/** The query is left out: it may hold secrets, and would make each request a place of its own. */
function describeRequest(request: Resource): string {
  const { method, path = '', origin } = request;
  const server = origin ?? `${request.protocol}//${request.getHeader?.('host')}`;
  return `a request, ${method} ${server}${path.split('?', 1)[0]}`;
}
