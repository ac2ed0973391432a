import type { Socket } from 'node:net';
import type { HttpResponse } from '../http/response/response';

/**
 * Closes all pipelined responses (RFC 9112 §9.3.2) of a connection when it closes. Node 20 and 22 close
 * only the first one: the others would never release what they hold, such as a file or a slot.
 */
export function closeWithConnection(socket: Socket, inFlight: ReadonlySet<HttpResponse>): void {
  socket.once('close', () => {
    for (const res of inFlight) if (res.req.socket === socket) close(res);
  });
}

/** As Node does it with the first one. */
function close(res: HttpResponse): void {
  if (res.closed) return;
  Object.assign(res, { destroyed: true, _closed: true });
  res.emit('close');
}
