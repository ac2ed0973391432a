import { AsyncResource } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Registration } from '../core/registry';
import { isThenable } from '../core/thenable';
import { kAbortReason } from '../http/request/abort';
import type { HttpResponse } from '../http/response/response';
import { CallTracker } from './call-site';
import {
  describe,
  isRunning,
  KINDS,
  type Kind,
  onePerPlace,
  type Resource,
  type Work,
} from './work';

/**
 * How long work may be idle after the function has ended before it is reported. Work that is still
 * finishing gets as much time again, up to a second.
 */
const GRACE_MS = 50;
const MAX_ROUNDS = 20;

const ONCE = '(Each place is reported once; --no-warn-unfinished turns this off.)';
const WHY_OF_EVENT = `An event function is complete when it returns or its promise settles. Cloud Run then takes its CPU
away and may stop the instance, so this work may never finish. Await it before returning, or unref()
what may be lost. ${ONCE}`;
const WHY_OF_REQUEST = `A function is complete when its response is sent. Cloud Run then takes its CPU away and may stop the
instance, so this work may never finish. Await it before sending the response, or unref() what may be
lost. ${ONCE}`;

/** So many requests of a function are watched, and then one a second: watching makes all others slower. */
const FIRST_REQUESTS = 20;
const SAMPLE_MS = 1000;

/** One call of the function. */
interface Call {
  /** What it started and has not ended yet, by async ID or request. */
  readonly work: Map<unknown, Work>;
  isOver: boolean;
  /** Counts events of its work. */
  steps: number;
}

/**
 * Calls a function of a request and reports work that it leaves running: what exists when its response
 * has closed, and still runs a moment later. What does not count: handles that a package opened for itself,
 * pooled connections, unref'ed handles, and what no code of the program has started.
 */
export class RequestWatch {
  private readonly reported = new Set<string>();
  private requests = 0;
  private watchedAt = 0;

  /** @param report prints a warning */
  constructor(
    private readonly name: string,
    private readonly report: (text: string) => void,
  ) {}

  call(res: HttpResponse, code: () => unknown): unknown {
    if (!this.takesSample()) return code();
    const { name, report, reported } = this;
    const call: Call = { work: new Map(), isOver: false, steps: 0 };
    // In the log, the warning belongs to the request.
    const reportNew = AsyncResource.bind((lines: string[]): void =>
      reportOnce(reported, lines, report, `${name} answered`, WHY_OF_REQUEST),
    );
    res.once('close', () => {
      // Its client left or it timed out: what it still does is not what it left running.
      if (res.req[kAbortReason] === undefined) checkLater(call, reportNew);
      else end(call);
    });
    return tracker().run(call, code);
  }

  private takesSample(): boolean {
    this.requests += 1;
    const now = performance.now();
    if (this.requests > FIRST_REQUESTS && now - this.watchedAt < SAMPLE_MS) return false;
    this.watchedAt = now;
    return true;
  }
}

/**
 * Wraps an event function to report work that it leaves running when it ends, by the same rules.
 *
 * @param report prints a warning
 */
export function watchUnfinished(
  registration: Registration,
  report: (text: string) => void,
): Registration {
  const { name, handler } = registration;
  if (typeof handler !== 'function') return registration;
  const reported = new Set<string>();
  const watched = (...args: unknown[]): unknown => {
    const call: Call = { work: new Map(), isOver: false, steps: 0 };
    // In the log, the warning belongs to the request.
    const reportInCall = AsyncResource.bind(reportNew);
    let isSettled = false;
    const settled = (): void => {
      if (!isSettled) checkLater(call, reportInCall);
      isSettled = true;
    };
    if (typeof args.at(-1) === 'function') {
      args.push(reportingCallback(settled, args.pop() as Callback));
      return onSettled(settled, () => tracker().run(call, () => handler(...args)), false);
    }
    return onSettled(settled, () => tracker().run(call, () => handler(...args)), true);
  };
  // The number of parameters says whether the function calls back.
  Object.defineProperty(watched, 'length', { value: handler.length });
  return { ...registration, handler: watched };

  function reportNew(lines: string[]): void {
    reportOnce(reported, lines, report, `${name} ended`, WHY_OF_EVENT);
  }
}

function reportOnce(
  reported: Set<string>,
  lines: string[],
  report: (text: string) => void,
  subject: string,
  why: string,
): void {
  const news = lines.filter((line) => !reported.has(line));
  if (news.length === 0) return;
  for (const line of news) reported.add(line);
  report(`Warning: ${subject} while work that it started was running:\n${news.join('\n')}\n${why}`);
}

type Callback = (...results: unknown[]) => void;

function reportingCallback(settled: () => void, callback: Callback): Callback {
  return (...results) => {
    settled();
    callback(...results);
  };
}

/** @param endsByReturning false: a result that is not a promise leaves the end to the callback */
function onSettled(settled: () => void, call: () => unknown, endsByReturning: boolean): unknown {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    settled();
    throw error;
  }
  if (!isThenable(result)) {
    if (endsByReturning) settled();
    return result;
  }
  // Some thenables do their work each time that then() is called.
  const promise = Promise.resolve(result);
  promise.then(settled, settled);
  return promise;
}

let sharedTracker: CallTracker<Call> | undefined;

/** Follows the calls of all functions. */
function tracker(): CallTracker<Call> {
  sharedTracker ??= trackWork();
  return sharedTracker;
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

function end(call: Call): void {
  call.isOver = true;
  call.work.clear();
  tracker().end();
}

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
    end(call);
    if (running.length > 0) reportLines(onePerPlace(running).map(describe));
  };
  outside.runInAsyncScope(() => setTimeout(check, GRACE_MS).unref());
}
