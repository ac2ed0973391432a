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
  // Until the file is open, nothing is written and an error can still be answered.
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
      // Invalid headers throw here. With the first bytes, nothing would catch them.
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
    // The file may be gone since it was found.
    else finish(withStatus(error));
  }
}

/**
 * Not `stream.pipeline`: from Node 24 on it throws when the response is closed already, and its seven
 * listeners for `close` cause a warning beside a few others.
 */
function pipe(file: ReadStream, length: number, res: HttpResponse, finish: SendFileCallback): void {
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure = error;
    res.destroy();
  };
  file.once('error', fail);
  file.once('end', () => {
    // Content-Length promised more: after `end` the client would wait for the rest.
    if (file.bytesRead < length) fail(fileError(500, 'The file became shorter while it was sent.'));
    else res.end();
  });
  res.once('close', () => file.destroy());
  finishWhenClosed(res, (error) => finish(failure ?? error));
  file.pipe(res, { end: false });
}

/** Ends a response that has only headers. */
export function endWithoutBody(res: HttpResponse, finish: SendFileCallback): void {
  finishWhenClosed(res, finish);
  res.end();
}

/** Not `res.end(callback)`, which is not called when the client leaves early. */
function finishWhenClosed(res: HttpResponse, finish: SendFileCallback): void {
  res.once('close', () => finish(res.writableFinished ? undefined : aborted()));
}

/** Whether the client left before the response was sent. */
export function isGone(res: HttpResponse): boolean {
  return res.destroyed && !res.writableFinished;
}

/** The error for a response whose client left, as in Express. */
export function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { code: 'ECONNABORTED' });
}

/** The error for a response that was already written to. */
export function tooLate(res: HttpResponse): Error {
  warnIfLate(res);
  return fileError(
    500,
    'The file cannot be sent: the response has begun. Call sendFile before writing.',
  );
}
