import { type AsyncHook, AsyncResource, createHook, executionAsyncId } from 'node:async_hooks';
import { findSourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The code that started something. */
export interface CallSite {
  /** `file:line:column` of the nearest code of the program itself, if there is any. */
  readonly place: string | undefined;
  /** Whether that code did so itself, not a package for it. */
  readonly isOwn: boolean;
  /** Whether one of Node's HTTP clients did so: they pool connections. */
  readonly isPooled: boolean;
}

/** Follows what calls start: timers, handles, system requests. */
export interface Observer<Call> {
  /** @param type its async_hooks type */
  started(call: Call, id: number, type: string, resource: object, origin: CallSite): void;
  calledBack(call: Call, id: number): void;
  ended(call: Call, id: number): void;
}

/** Stack frames to search: `fetch()` has about 20 between the program and its socket. */
const FRAMES = 60;
const HTTP_CLIENT = /^node:(?:_http_|internal\/deps\/undici|internal\/http2)/;
const PACKAGES = /[\\/]node_modules[\\/]/;
const NOWHERE: CallSite = { place: undefined, isOwn: false, isPooled: false };

/**
 * Follows calls of functions through all asynchronous work, promises included. This is slow: for
 * development only.
 */
export class CallTracker<Call> {
  /** The async IDs of each call, with the place that led there. */
  private readonly contexts = new Map<number, { call: Call; origin: CallSite }>();
  private readonly hook: AsyncHook;
  /** Calls that have not ended. While there is none, nothing is followed and nothing is slower. */
  private running = 0;

  constructor(observer: Observer<Call>) {
    const { contexts } = this;
    this.hook = createHook({
      init: (id, type, _trigger, resource) => {
        const context = this.current();
        if (context === undefined) return;
        contexts.set(id, context);
        if (type !== 'PROMISE') {
          observer.started(context.call, id, type, resource, context.origin);
        }
      },
      before(id) {
        const context = contexts.get(id);
        if (context !== undefined) observer.calledBack(context.call, id);
      },
      destroy(id) {
        const context = contexts.get(id);
        if (context === undefined) return;
        contexts.delete(id);
        observer.ended(context.call, id);
      },
    });
  }

  /** Runs code as the start of a call, which lasts until `end()`. */
  run<Result>(call: Call, code: () => Result): Result {
    this.running += 1;
    if (this.running === 1) this.hook.enable();
    const resource = new AsyncResource('FUNCTION_CALL');
    this.contexts.set(resource.asyncId(), { call, origin: NOWHERE });
    return resource.runInAsyncScope(code);
  }

  /** Ends a call. */
  end(): void {
    this.running -= 1;
    if (this.running > 0) return;
    this.hook.disable();
    this.contexts.clear();
  }

  /** The call that the running code belongs to, and the place in the program. */
  current(): { call: Call; origin: CallSite } | undefined {
    const context = this.contexts.get(executionAsyncId());
    return context && { call: context.call, origin: findOrigin(context.origin.place) };
  }
}

/** @param inherited the place if no code of the program is on the stack */
function findOrigin(inherited: string | undefined): CallSite {
  let isOwn = true;
  let isPooled = false;
  for (const frame of callSites()) {
    const name = frame.getFileName() ?? 'node:';
    if (HTTP_CLIENT.test(name)) isPooled = true;
    if (name.startsWith('node:')) continue;
    const file = name.startsWith('file:') ? fileURLToPath(name) : name;
    if (path.dirname(file) === __dirname) continue;
    if (!PACKAGES.test(file)) return { place: describePlace(frame, file), isOwn, isPooled };
    isOwn = false;
  }
  return { place: inherited, isOwn: false, isPooled };
}

function keepSites(_: Error, sites: NodeJS.CallSite[]): NodeJS.CallSite[] {
  return sites;
}

function callSites(): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = keepSites;
  Error.stackTraceLimit = FRAMES;
  const { stack } = new Error();
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return (stack ?? []) as unknown as NodeJS.CallSite[];
}

function describePlace(frame: NodeJS.CallSite, file: string): string {
  const line = frame.getLineNumber() ?? 1;
  const column = frame.getColumnNumber() ?? 1;
  // The source of compiled code, if Node has its source map.
  const origin = findSourceMap(frame.getFileName() ?? file)?.findOrigin(line, column);
  if (origin !== undefined && 'fileName' in origin) {
    const { fileName, lineNumber, columnNumber } = origin;
    return `${nearPath(fileName.startsWith('file:') ? fileURLToPath(fileName) : fileName)}:${lineNumber}:${columnNumber}`;
  }
  return `${nearPath(file)}:${line}:${column}`;
}

function nearPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
