import http, { type IncomingHttpHeaders } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import type { OutgoingCloudEvent } from '../cloudevents/encode';

/** A request as `invoke` takes it. */
export interface InvokeRequest {
  /** @default 'GET', or 'POST' with a body */
  readonly method?: string;
  /** The request target, e.g. `/orders?id=7`. @default '/' */
  readonly path?: string;
  /** Request headers. @default none; `Content-Type: application/json` for a body that is an object */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The body: text, bytes, or a value to send as JSON. @default no body */
  readonly body?: unknown;
  /**
   * An event to send instead of a body, in binary mode where that can carry it; an array is sent as a
   * batch. `sample()` makes events as Google's services send them.
   */
  readonly event?: OutgoingCloudEvent | readonly OutgoingCloudEvent[];
}

/** A response as `invoke` gives it. */
export interface InvokeResponse {
  readonly status: number;
  /** Response headers, names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** The body's bytes. */
  readonly rawBody: Buffer;
  /** The body as UTF-8 text. */
  readonly body: string;
  /** Parses the body as JSON. */
  json(): unknown;
}

/** Sends one request to a server over a pipe in memory. The server does not have to listen. */
export function inject(
  server: NodeJS.EventEmitter,
  request: InvokeRequest,
): Promise<InvokeResponse> {
  const [client, serverSide] = duplexPair();
  // Sockets have this method, which ends the connection of a broken response.
  Object.assign(serverSide, { destroySoon: destroyAfterWrites });
  server.emit('connection', serverSide);
  const { body, headers } = prepareBody(request);
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      createConnection: () => client as never,
      method: request.method ?? (body === undefined ? 'GET' : 'POST'),
      path: request.path ?? '/',
      headers: { host: 'localhost', connection: 'close', ...headers } as http.OutgoingHttpHeaders,
    });
    outgoing.on('response', (response) => readResponse(response).then(resolve, reject));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function destroyAfterWrites(this: Duplex): void {
  this.end(() => this.destroy());
}

interface PreparedBody {
  body: string | Uint8Array | undefined;
  headers: Record<string, string | readonly string[]>;
}

function prepareBody(request: InvokeRequest): PreparedBody {
  const { body, event } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (event !== undefined) return prepareEvent(event, headers);
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    return { body, headers };
  }
  return {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  };
}

function prepareEvent(
  event: NonNullable<InvokeRequest['event']>,
  headers: PreparedBody['headers'],
): PreparedBody {
  const { encodeCloudEvent } =
    require('../cloudevents/encode') as typeof import('../cloudevents/encode');
  const encoded = encodeCloudEvent(event, Array.isArray(event) ? 'batch' : undefined);
  return { body: encoded.body ?? '', headers: { ...encoded.headers, ...headers } };
}

async function readResponse(response: http.IncomingMessage): Promise<InvokeResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const rawBody = Buffer.concat(chunks);
  const body = rawBody.toString();
  return {
    status: response.statusCode as number,
    headers: response.headers,
    rawBody,
    body,
    json: () => JSON.parse(body) as unknown,
  };
}
