import { HttpError } from '../../core/errors';
import { invocationStorage } from '../../core/invocation';
import { abortRequest } from '../request/abort';
import type { HttpRequest } from '../request/request';
import { storeOf } from '../request/stream';
import type { HttpResponse } from '../response/response';
import { kWarnLate } from '../response/send';
import { logError } from './log-error';
import { sendError } from './respond';

/** The methods with which a function answers, and what they return. */
const ANSWERING: readonly (readonly [name: string, result: (res: HttpResponse) => unknown])[] = [
  ...['setHeader', 'setHeaders', 'appendHeader', 'writeHead', 'end'].map(
    (name) => [name, (res: HttpResponse) => res] as const,
  ),
  ...['removeHeader', 'flushHeaders', 'addTrailers'].map(
    (name) => [name, () => undefined] as const,
  ),
  ['write', () => true],
];

/** Ends a request that timed out: aborts its signal, answers 504, ignores what the function writes later. */
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
 * Makes a finished response ignore what the function still writes. Node would throw, in the middle of
 * its work.
 */
function ignoreAnswer(res: HttpResponse, target: string): void {
  let isReported = false;
  const report = (): void => {
    if (!isReported) logError(`The answer to ${target} came too late and is ignored.`);
    isReported = true;
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
