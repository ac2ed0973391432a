import type { Socket } from 'node:net';
import type { HttpResponse } from '../http/response/response';

/**
 * Closes the responses that wait for another one of their connection (RFC 9112 §9.3.2) when it closes.
 * Node 20 and 22 close only the response whose turn it is: what the others hold, such as a file or a
 * place among the requests that run, would never be given back.
 */
export function closeWithConnection(socket: Socket, inFlight: ReadonlySet<HttpResponse>): void {
  socket.once('close', () => {
    for (const res of inFlight) if (res.req.socket === socket) close(res);
  });
}

/** As node does it with the response whose turn it is. */
function close(res: HttpResponse): void {
  if (res.closed) return;
  Object.assign(res, { destroyed: true, _closed: true });
  res.emit('close');
}
