import { AsyncResource } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Registration } from '../core/registry';
import { isThenable } from '../core/thenable';
import { type CallSite, CallTracker } from './call-site';

/**
 * How long work may be idle after the function has ended before it is reported. Work that is still
 * finishing gets as much time again, up to a second.
 */
const GRACE_MS = 50;
const MAX_ROUNDS = 20;
/** On a busy machine a file operation can take that long. */
const FILE_ROUNDS = 10;

const WHY = `An event function is complete when it returns or its promise settles. Cloud Run then takes its CPU
away and may stop the instance, so this work may never finish. Await it before returning, or unref()
what may be lost. (Each place is reported once; --no-warn-unfinished turns this off.)`;

/** One call of the function. */
interface Call {
  /** What it started and has not ended yet, by async ID or request. */
  readonly work: Map<unknown, Work>;
  isOver: boolean;
  /** Counts events of its work. */
  steps: number;
}

interface Work {
  readonly kind: Kind;
  readonly resource: Resource;
  readonly origin: CallSite;
}

/** A resource of Node's. Its members depend on its kind. */
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

/** A handle lasts until it is closed, a system request until its callback. */
interface Kind {
  readonly lasts: 'handle' | 'request' | 'exchange';
  /** How many rounds it may be idle. @default 1 */
  readonly rounds?: number;
  describe(resource: Resource): string;
}

/** By async_hooks type, most specific first: only the first match per place is reported. */
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
 * Wraps an event function to report work that it leaves running: what exists when it ends and still
 * runs a moment later. Handles that a package opened for itself, pooled connections and unref'ed
 * handles do not count.
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
    const settled = (): void => checkLater(call, reportNew);
    if (typeof args.at(-1) === 'function') {
      args.push(reportingCallback(settled, args.pop() as Callback));
      return tracker.run(call, () => handler(...args));
    }
    return onSettled(settled, () => tracker.run(call, () => handler(...args)));
  };
  // The number of parameters says whether the function calls back.
  Object.defineProperty(watched, 'length', { value: handler.length });
  return { ...registration, handler: watched };

  function reportNew(lines: string[]): void {
    const news = lines.filter((line) => !reported.has(line));
    if (news.length === 0) return;
    for (const line of news) reported.add(line);
    report(
      `Warning: ${name} ended while work that it started was running:\n${news.join('\n')}\n${WHY}`,
    );
  }
}

type Callback = (...results: unknown[]) => void;

function reportingCallback(settled: () => void, callback: Callback): Callback {
  return (...results) => {
    settled();
    callback(...results);
  };
}

function onSettled(settled: () => void, call: () => unknown): unknown {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    settled();
    throw error;
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

/** Keeps the timers of this module out of all calls. */
const outside = new AsyncResource('UNFINISHED_WORK');

/** Reports what still runs after the call, once finishing work has had time to end. */
function checkLater(call: Call, reportLines: (lines: string[]) => void, round = 1): void {
  const { steps } = call;
  const due = performance.now() + GRACE_MS;
  const check = (): void => {
    const running = [...call.work.values()].filter(isRunning);
    // The machine or the function is busy: this round does not count.
    const isLate = performance.now() > due + GRACE_MS;
    const isMoving = round < MAX_ROUNDS && call.steps !== steps;
    const mayBeIdle = running.every(({ kind }) => round < (kind.rounds ?? 1));
    if (running.length > 0 && (isLate || isMoving || mayBeIdle)) {
      checkLater(call, reportLines, isLate ? round : round + 1);
      return;
    }
    call.isOver = true;
    call.work.clear();
    if (running.length > 0) reportLines(onePerPlace(running).map(describe));
  };
  outside.runInAsyncScope(() => setTimeout(check, GRACE_MS).unref());
}

function onePerPlace(running: readonly Work[]): Work[] {
  const places = new Map<string | undefined, Work>();
  for (const work of running) {
    const { place } = work.origin;
    const other = places.get(place);
    if (other === undefined || isMoreSpecific(work, other)) places.set(place, work);
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

function isMoreSpecific(work: Work, other: Work): boolean {
  return RANKS.indexOf(work.kind) < RANKS.indexOf(other.kind);
}

function describe({ kind, resource, origin }: Work): string {
  const where = origin.place === undefined ? '' : `, started at ${origin.place}`;
  return `  ${kind.describe(resource)}${where}`;
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
