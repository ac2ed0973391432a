import type { HttpError } from '../../core/errors';
import type { HttpRequest } from '../request/request';
import type { HttpResponse } from '../response/response';

/** How long a client may go on with an upload that was refused before its connection is closed. */
const LINGER_MS = 500;

/**
 * Answers a request whose body is not wanted and may go on for long; the connection ends with it.
 * Left to itself, node reads all of it: 0.7 s of CPU for 1 GB.
 *
 * Closing at once would reset the connection while the client still sends, and the reset can
 * overtake the answer: so the rest is read and thrown away for a moment (RFC 9112 §9.6).
 */
export function refuseUpload(res: HttpResponse, error: HttpError): void {
  const { req } = res;
  // What follows may make the response ignore the function that comes too late for it.
  const end = res.end.bind(res) as () => void;
  // What the function said of its own answer; node refuses to send some of it.
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

/** Does the same for a body whose reader may answer before its end: what then comes is not wanted. */
export function endUploadAfterAnswer(req: HttpRequest): void {
  req.res.once('close', () => {
    const timer = setTimeout(() => {
      if (!req.complete) req.socket.destroySoon();
    }, LINGER_MS);
    timer.unref();
  });
}
