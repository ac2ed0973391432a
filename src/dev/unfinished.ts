import { AsyncResource } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Registration } from '../core/registry';
import { isThenable } from '../core/thenable';
import { type CallSite, CallTracker } from './call-site';

/**
 * How long work may rest after the function has ended before it is told. What only winds up goes on
 * meanwhile, and so gets as much time again, up to a second.
 */
const GRACE_MS = 50;
const MOST_ROUNDS = 20;
/** On a busy machine a file that is being read can rest that long. */
const FILE_ROUNDS = 10;

const WHY = `An event function is complete when it returns, or when its promise settles. On Cloud Run its CPU
is taken away then and the instance may be stopped, so this work may never end. Await it before
returning; unref() what may be lost. (Each place is told once; --no-warn-unfinished turns it off.)`;

/** One call of the function. */
interface Call {
  /** What it started and what has not ended, by async id or request. */
  readonly work: Map<unknown, Work>;
  isOver: boolean;
  /** Counts what happens in its work. */
  steps: number;
}

interface Work {
  readonly kind: Kind;
  readonly resource: Resource;
  readonly origin: CallSite;
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
  /** How many rounds it may rest. @default 1 */
  readonly rounds?: number;
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
  FSREQCALLBACK: { lasts: 'request', rounds: FILE_ROUNDS, describe: () => 'a file operation' },
  FSREQPROMISE: { lasts: 'request', rounds: FILE_ROUNDS, describe: () => 'a file operation' },
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
  const reported = new Set<string>();
  const watched = (...args: unknown[]): unknown => {
    const call: Call = { work: new Map(), isOver: false, steps: 0 };
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
    const news = lines.filter((line) => !reported.has(line));
    if (news.length === 0) return;
    for (const line of news) reported.add(line);
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
      call.steps++;
      const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
      if (kind !== undefined && !call.isOver) call.work.set(id, { kind, resource, origin });
    },
    calledBack(call, id) {
      call.steps++;
      if (call.work.get(id)?.kind.lasts === 'request') call.work.delete(id);
    },
    ended(call, id) {
      call.steps++;
      call.work.delete(id);
    },
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

/** What this module does itself is part of no call. */
const outside = new AsyncResource('UNFINISHED_WORK');

/** Tells what runs when the call has ended and rests, once what winds up had the time to. */
function checkLater(call: Call, tell: (lines: string[]) => void, round = 1): void {
  const { steps } = call;
  const due = performance.now() + GRACE_MS;
  const check = (): void => {
    const running = [...call.work.values()].filter(isRunning);
    // The machine is busy, or the function is: this round says nothing.
    const isLate = performance.now() > due + GRACE_MS;
    const isMoving = round < MOST_ROUNDS && call.steps !== steps;
    const mayRest = running.every(({ kind }) => round < (kind.rounds ?? 1));
    if (running.length > 0 && (isLate || isMoving || mayRest)) {
      checkLater(call, tell, isLate ? round : round + 1);
      return;
    }
    call.isOver = true;
    call.work.clear();
    if (running.length > 0) tell(onePerPlace(running).map(describe));
  };
  outside.runInAsyncScope(() => setTimeout(check, GRACE_MS).unref());
}

function onePerPlace(running: readonly Work[]): Work[] {
  const places = new Map<string | undefined, Work>();
  for (const work of running) {
    const { place } = work.origin;
    const other = places.get(place);
    if (other === undefined || isTold(work, other)) places.set(place, work);
  }
  return [...places.values()];
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
