import type { IncomingMessage, RequestListener } from 'node:http';
import { isUploading } from '../http/errors/respond';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import type { Service } from './serve';

/**
 * Answers GET and HEAD of a path before the service gets the request: 200, or 503 while the service
 * drains. It wraps the request listener, so that a service without a health path does no extra work.
 */
export function answerHealth(service: Service, path: string): void {
  const { server } = service;
  const [listener] = server.listeners('request') as [RequestListener];
  server.removeListener('request', listener as never);
  server.on('request', (req, res) => {
    if (isProbe(req, path) && !isUploading(req as HttpRequest))
      answer(res as HttpResponse, service);
    else listener(req, res);
  });
}

function isProbe({ url, method }: IncomingMessage, path: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return url === path || (url as string).startsWith(`${path}?`);
}

function answer(res: HttpResponse, { onAccept }: Service): void {
  const isDraining = onAccept !== undefined;
  onAccept?.(res);
  res.writeHead(isDraining ? 503 : 200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': isDraining ? 9 : 3,
    'Cache-Control': 'no-store',
  });
  res.end(isDraining ? 'draining\n' : 'ok\n');
}
