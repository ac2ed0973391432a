import http, { type IncomingMessage } from 'node:http';
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { type Duplex, duplexPair, pipeline } from 'node:stream';

/** Sends a stream to a server of HTTP/1.1 as a request of its own, and the response back. */
export function forward(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  serve: (connection: Socket) => void,
): void {
  const [client, connection] = duplexPair();
  dressAsSocket(connection, stream);
  stream.on('error', () => {});
  connection.once('close', () => client.destroy());
  stream.once('close', () => {
    client.destroy();
    connection.destroy();
  });
  try {
    const request = http.request({
      createConnection: () => client as Socket,
      method: headers[':method'] as string,
      path: headers[':path'] as string,
      headers: toHttp1(headers, stream.endAfterHeaders),
    });
    request.on('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
    request.on('information', ({ statusCode, headers: fields }) => {
      if (!stream.destroyed) stream.additionalHeaders({ ...fields, ':status': statusCode });
    });
    request.on('response', (response) => {
      try {
        respond(stream, response);
      } catch {
        // A field that HTTP/2 cannot express, e.g. two of Content-Type.
        stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      }
    });
    serve(connection as Socket);
    stream.pipe(request);
  } catch {
    // A method, target or field that HTTP/1.1 cannot express, CONNECT included.
    stream.close(constants.NGHTTP2_PROTOCOL_ERROR);
  }
}

/** What programs ask of `req.socket`, answered as the connection would. */
function dressAsSocket(connection: Duplex, { session }: ServerHttp2Stream): void {
  const { remoteAddress, remotePort, remoteFamily, localAddress, localPort, localFamily } =
    session?.socket ?? ({} as Partial<Socket>);
  const itself = (): Duplex => connection;
  Object.assign(connection, {
    ...{ remoteAddress, remotePort, remoteFamily, localAddress, localPort, localFamily },
    ...{ setTimeout: itself, setNoDelay: itself, setKeepAlive: itself, ref: itself, unref: itself },
    destroySoon: () => connection.end(() => connection.destroy()),
  });
}

function toHttp1(headers: IncomingHttpHeaders, isEmpty: boolean): string[] {
  const list: string[] = [];
  if (headers.host === undefined) list.push('host', headers[':authority'] ?? '');
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':') || isOfConnection(name)) continue;
    for (const one of [value].flat()) list.push(name, one as string);
  }
  if (headers['content-length'] === undefined) {
    const { ':method': method = '' } = headers;
    if (!isEmpty) list.push('transfer-encoding', 'chunked');
    else if (!['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(method))
      list.push('content-length', '0');
  }
  list.push('connection', 'close');
  return list;
}

/** RFC 9113 §8.2.2: fields of an HTTP/1.1 connection, which mean nothing in HTTP/2. */
function isOfConnection(name: string): boolean {
  switch (name.toLowerCase()) {
    case 'connection':
    case 'keep-alive':
    case 'proxy-connection':
    case 'transfer-encoding':
    case 'upgrade':
      return true;
    default:
      return false;
  }
}

function respond(stream: ServerHttp2Stream, response: IncomingMessage): void {
  const { rawHeaders, statusCode } = response;
  const fields = Object.create(null) as Record<string, string[]>;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    if (isOfConnection(name)) continue;
    fields[name] ??= [];
    fields[name].push(rawHeaders[i + 1] as string);
  }
  if (stream.destroyed) return;
  stream.respond({ ...fields, ':status': statusCode as number } as never, {
    waitForTrailers: true,
  });
  stream.once('wantTrailers', () => stream.sendTrailers(response.trailers));
  if (stream.writableEnded) response.resume();
  else pipeline(response, stream, (fault) => end(stream, fault));
}

function end(stream: ServerHttp2Stream, fault: unknown): void {
  if (fault) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  // RFC 9113 §8.1: the response does not need the rest of the request.
  else if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
}
