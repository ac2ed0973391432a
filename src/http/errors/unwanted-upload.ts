import type { HttpError } from '../../core/errors';
import type { HttpRequest } from '../request/request';
import type { HttpResponse } from '../response/response';

/** How long a client may continue a rejected upload before its connection is closed. */
const LINGER_MS = 500;

/**
 * Answers a request whose body is unwanted and may be long, and closes its connection. By default Node
 * reads all of the body: 0.7 s of CPU for 1 GB.
 *
 * Closing at once would reset the connection while the client sends, and the reset can overtake the
 * response. So the body is read and discarded for a moment (RFC 9112 §9.6).
 */
export function rejectUpload(res: HttpResponse, error: HttpError): void {
  const { req } = res;
  // Bound now: after a timeout the response ignores calls of `end`.
  const end = res.end.bind(res) as () => void;
  // The handler's statusMessage belongs to another response, and may be invalid.
  res.statusMessage = '';
  res.writeHead(error.status, {
    ...error.headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': Buffer.byteLength(error.message),
    Connection: 'close',
  });
  res.write(error.message);
  req.resume();
  req.once('end', () => end());
  setTimeout(end, LINGER_MS).unref();
}

/** Closes the connection shortly after the response if the upload has not finished. */
export function endUploadAfterAnswer(req: HttpRequest): void {
  req.res.once('close', () => {
    const timer = setTimeout(() => {
      if (!req.complete) req.socket.destroySoon();
    }, LINGER_MS);
    timer.unref();
  });
}
