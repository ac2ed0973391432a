import type { Socket } from 'node:net';
import type { HttpResponse } from '../http/response';

/** The responses of a connection that had to wait and have not closed. */
const waiting = new WeakMap<Socket, Set<HttpResponse>>();

/**
 * Closes a response that waits for the one before it (RFC 9112 §9.3.2) when its connection closes.
 * Node 20 and 22 close only the response whose turn it is: what the others hold, such as a file or a
 * place among the requests that run, would never be given back.
 */
export function closeWithConnection(res: HttpResponse): void {
  const { socket } = res.req;
  const responses = waiting.get(socket) ?? watch(socket);
  responses.add(res);
  res.once('close', () => responses.delete(res));
}

function watch(socket: Socket): Set<HttpResponse> {
  const responses = new Set<HttpResponse>();
  waiting.set(socket, responses);
  socket.once('close', () => responses.forEach(close));
  return responses;
}

/** As node does it with the response whose turn it is. */
function close(res: HttpResponse): void {
  if (res.closed) return;
  Object.assign(res, { destroyed: true, _closed: true });
  res.emit('close');
}
