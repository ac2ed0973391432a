import { HttpError } from '../../core/errors';
import { invocationStorage } from '../../core/invocation';
import { abortRequest } from '../request/abort';
import type { HttpRequest } from '../request/request';
import { storeOf } from '../request/stream';
import type { HttpResponse } from '../response/response';
import { kWarnLate } from '../response/send';
import { logError } from './log-error';
import { sendError } from './respond';

/** What a function may call to answer, and what it gets back. */
const ANSWERING: readonly (readonly [name: string, result: (res: HttpResponse) => unknown])[] = [
  ...['setHeader', 'setHeaders', 'appendHeader', 'writeHead', 'end'].map(
    (name) => [name, (res: HttpResponse) => res] as const,
  ),
  ...['removeHeader', 'flushHeaders', 'addTrailers'].map(
    (name) => [name, () => undefined] as const,
  ),
  ['write', () => true],
];

/** Ends a request whose time is over: aborts its signal, answers 504, ignores what comes later. */
export function answerTimeout(ms: number, req: HttpRequest, res: HttpResponse): void {
  const reason = `The function did not answer within ${ms} ms.`;
  abortRequest(req, new DOMException(reason, 'TimeoutError'));
  // A listener of the signal may have answered.
  if (res.writableEnded) return;
  // Without the query, which may hold secrets.
  const target = `${req.method} ${req.originalUrl.split('?', 1)[0]}`;
  const text = `The function did not answer within ${ms / 1000} s.`;
  sendError(res, new HttpError(504, 'TIMEOUT', text));
  invocationStorage.run(storeOf(req), () => logError(`504 for ${target}: ${text}`));
  ignoreAnswer(res, target);
}

/**
 * Makes an answered response ignore what the function still writes: node would throw at it in the
 * midst of its work.
 */
function ignoreAnswer(res: HttpResponse, target: string): void {
  let isTold = false;
  const report = (): void => {
    if (!isTold) logError(`The answer to ${target} came too late and is ignored.`);
    isTold = true;
  };
  res[kWarnLate] = report;
  for (const [name, result] of ANSWERING) {
    const ignore = (...args: unknown[]): unknown => {
      const callback = args.at(-1);
      if (typeof callback === 'function') process.nextTick(callback as () => void);
      report();
      return result(res);
    };
    Object.defineProperty(res, name, { value: ignore, writable: true, configurable: true });
  }
}
