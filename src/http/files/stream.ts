import { createReadStream, type ReadStream } from 'node:fs';
import type { HttpResponse } from '../response/response';
import { warnIfLate } from '../response/send';
import { fileError, withStatus } from './path';
import type { SendFileCallback } from './send-file';

/** Sends `length` bytes of a file. `finish` is called when the response has closed or will not begin. */
export function streamFile(
  res: HttpResponse,
  path: string,
  start: number,
  length: number,
  finish: SendFileCallback,
): void {
  const file = createReadStream(path, { start, end: start + length - 1 });
  // Until the file is open the response is untouched and can still tell of the failure.
  file.once('error', finishUnopened);
  file.once('open', () => {
    file.off('error', finishUnopened);
    if (isGone(res) || res.headersSent) {
      file.destroy();
      finish(isGone(res) ? aborted() : tooLate(res));
    } else {
      begin(file);
    }
  });

  function begin(file: ReadStream): void {
    try {
      // What is wrong with the head shows here. Written with the first bytes, it would throw at nobody.
      res.writeHead(res.statusCode);
    } catch (error) {
      file.destroy();
      finishUnopened(error as Error);
      return;
    }
    pipe(file, length, res, finish);
  }

  function finishUnopened(error: Error): void {
    if (isGone(res)) finish(aborted());
    // It may have gone since it was found.
    else finish(withStatus(error));
  }
}

/**
 * Not `stream.pipeline`: from Node 24 on it throws when the response is closed already, and its seven
 * listeners for `close` bring a warning where a few others are.
 */
function pipe(file: ReadStream, length: number, res: HttpResponse, finish: SendFileCallback): void {
  let fault: Error | undefined;
  const fail = (error: Error): void => {
    fault = error;
    res.destroy();
  };
  file.once('error', fail);
  file.once('end', () => {
    // To end it would break the promise of its length: the client would wait for the rest.
    if (file.bytesRead < length) fail(fileError(500, 'The file became shorter while it was sent.'));
    else res.end();
  });
  res.once('close', () => file.destroy());
  finishWhenClosed(res, (error) => finish(fault ?? error));
  file.pipe(res, { end: false });
}

/** Ends a response of which only the fields are sent. */
export function endWithoutBody(res: HttpResponse, finish: SendFileCallback): void {
  finishWhenClosed(res, finish);
  res.end();
}

/** Not `res.end(callback)`: that is not called when the client leaves before all is sent. */
function finishWhenClosed(res: HttpResponse, finish: SendFileCallback): void {
  res.once('close', () => finish(res.writableFinished ? undefined : aborted()));
}

/** Whether the client left before the response was sent. */
export function isGone(res: HttpResponse): boolean {
  return res.destroyed && !res.writableFinished;
}

/** The failure of a response whose client left, as Express names it. */
export function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { code: 'ECONNABORTED' });
}

/** The failure of a response that was written to before. */
export function tooLate(res: HttpResponse): Error {
  warnIfLate(res);
  return fileError(
    500,
    'The file cannot be sent: the response has begun. Call sendFile before writing.',
  );
}
