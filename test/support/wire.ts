import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { after } from 'node:test';
import { createServer, type ServerOptions } from '../../src/server';

type Handler = any;

const servers: ReturnType<typeof createServer>[] = [];
after(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** A function on a server of this process, closed after the tests. */
export async function serve(
  handler: Handler,
  options: ServerOptions = {},
): Promise<{ url: string; port: number; server: ReturnType<typeof createServer> }> {
  const server = createServer(handler, options);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  const { port } = server.address() as net.AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, server };
}

/** What came back for bytes sent as they are. */
export interface Reply {
  status: number;
  head: string;
  body: string;
}

/** Reads the first response from a text that was received. */
export function parseReply(text: string): Reply {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') };
}

/** A client that writes and reads bytes. */
export class Wire {
  received = '';
  failure: NodeJS.ErrnoException | undefined;
  private readonly closed: Promise<void>;

  private constructor(readonly socket: net.Socket) {
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.received += text;
    });
    socket.on('error', (error) => {
      this.failure = error;
    });
  }

  static async connect(port: number): Promise<Wire> {
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Wire(socket);
  }

  write(data: string | Buffer): this {
    this.socket.write(data);
    return this;
  }

  /** Waits until the text received has this; fails when the connection closes before. */
  async sees(text: string): Promise<void> {
    while (!this.received.includes(text)) {
      if (this.socket.closed) throw new Error(`Closed after: ${this.received} ${this.failure}`);
      await Promise.race([once(this.socket, 'data').catch(() => {}), this.closed]);
    }
  }

  /** Everything received until the server closed the connection. */
  async end(): Promise<string> {
    await this.closed;
    return this.received;
  }

  destroy(): void {
    this.socket.destroy();
  }
}

/** Sends bytes and reads until the server closes the connection. */
export async function exchangeBytes(port: number, data: string | Buffer): Promise<Reply> {
  const wire = await Wire.connect(port);
  return parseReply(await wire.write(data).end());
}

/** How a request body is framed and coded. */
export interface Upload {
  method?: string;
  headers?: http.OutgoingHttpHeaders;
  body?: string | Buffer;
  /** Sends the body as chunks of at most this size instead of with a Content-Length. */
  chunk?: number;
  agent?: http.Agent;
}

/** Sends one request with node's client. */
export async function send(
  url: string,
  { method = 'POST', headers = {}, body, chunk, agent }: Upload = {},
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string; json: Handler }> {
  const framing =
    body === undefined || chunk !== undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const outgoing = http.request(url, {
    method,
    headers: { ...framing, ...headers },
    ...(agent === undefined ? {} : { agent }),
  });
  // Some answers come before the body was sent; what happens to the rest does not matter then.
  const answered = once(outgoing, 'response') as Promise<[http.IncomingMessage]>;
  answered.catch(() => {});
  outgoing.on('error', () => {});
  const bytes = Buffer.from(body ?? '');
  if (chunk !== undefined) {
    outgoing.flushHeaders();
    for (let at = 0; at < bytes.length; at += chunk) {
      outgoing.write(bytes.subarray(at, at + chunk));
      await new Promise(setImmediate);
    }
    outgoing.end();
  } else outgoing.end(bytes);
  const [response] = await answered;
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  return {
    status: response.statusCode as number,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}
