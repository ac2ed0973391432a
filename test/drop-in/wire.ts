import net from 'node:net';
import type { Observation } from './comparison';

/** A request as data. `raw` sends exactly these bytes; everything else is put together by `toBytes`. */
export interface WireRequest {
  raw?: string | Buffer;
  /** @default 'GET' */
  method?: string;
  /** @default '/' */
  target?: string;
  /** Added to Host; undefined removes a field, an array repeats it. */
  headers?: Record<string, string | string[] | undefined>;
  body?: string | Buffer;
  /** Sends the body in one chunk instead of with a Content-Length. */
  chunked?: boolean;
}

export interface ExchangeOptions {
  /** Milliseconds after which a missing answer is an observation. @default 4000 */
  patience?: number;
  /** Observe too whether the server ends the connection after the last answer. */
  watchClose?: boolean;
}

interface Answer {
  status: string;
  reason: string;
  headers: Record<string, string[]>;
  body: Buffer;
  /** Bytes of the connection that the answer used up. */
  length: number;
}

/** Sends the requests one after another over one connection, and returns what came back. */
export async function exchange(
  port: number,
  requests: WireRequest[],
  options: ExchangeOptions = {},
): Promise<Observation> {
  const observation: Observation = {};
  const connection = await Connection.open(port);
  try {
    for (const [index, request] of requests.entries()) {
      connection.send(toBytes(request));
      const prefix = index === 0 ? '' : `${index + 1}: `;
      const answer = await connection.answer(request.method ?? 'GET', options.patience ?? 4000);
      if (typeof answer === 'string') observation[`${prefix}status`] = answer;
      else describe(answer, prefix, observation);
    }
    if (options.watchClose) observation['connection after'] = await connection.fate(60);
  } finally {
    connection.close();
  }
  return observation;
}

/** The bytes of a request. */
export function toBytes(request: WireRequest): Buffer {
  if (request.raw !== undefined) return Buffer.from(request.raw as string, 'latin1');
  const lines = [`${request.method ?? 'GET'} ${request.target ?? '/'} HTTP/1.1`];
  const headers: WireRequest['headers'] = { Host: 'example.com:8080', ...request.headers };
  const body = request.body === undefined ? undefined : Buffer.from(request.body as string);
  if (body && request.chunked) headers['Transfer-Encoding'] = 'chunked';
  else if (body) headers['Content-Length'] ??= String(body.length);
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) lines.push(`${name}: ${one}`);
  }
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  if (!body) return head;
  if (!request.chunked) return Buffer.concat([head, body]);
  const last = Buffer.from(body.length > 0 ? '\r\n0\r\n\r\n' : '0\r\n\r\n');
  const size = Buffer.from(body.length > 0 ? `${body.length.toString(16)}\r\n` : '');
  return Buffer.concat([head, size, body, last]);
}

/** A client connection that collects what the server sends. */
export class Connection {
  private received = Buffer.alloc(0);
  private ended: 'open' | 'ended' | 'reset' = 'open';
  private wake: () => void = () => {};

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
      socket.once('connect', () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  private constructor(private readonly socket: net.Socket) {
    socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
      this.wake();
    });
    socket.on('error', () => this.end('reset'));
    socket.on('end', () => this.end('ended'));
    socket.on('close', () => this.end('reset'));
  }

  send(bytes: Buffer): void {
    if (this.ended === 'open') this.socket.write(bytes);
  }

  /** The next answer, or a sentence that says why there is none. */
  async answer(method: string, patience: number): Promise<Answer | string> {
    const deadline = Date.now() + patience;
    for (;;) {
      const answer = parseAnswer(this.received, method, this.ended !== 'open');
      if (answer) {
        this.received = this.received.subarray(answer.length);
        return answer;
      }
      const partial = this.received.length > 0 ? ' after a part of the answer' : ', no answer';
      if (this.ended !== 'open') return `connection ${this.ended}${partial}`;
      if (!(await this.changed(deadline - Date.now()))) return `timed out${partial}`;
    }
  }

  /** What becomes of the connection within `patience` milliseconds. */
  async fate(patience: number): Promise<string> {
    const deadline = Date.now() + patience;
    while (this.ended === 'open' && (await this.changed(deadline - Date.now())));
    return this.ended;
  }

  close(): void {
    this.socket.destroy();
  }

  private end(how: 'ended' | 'reset'): void {
    if (this.ended === 'open') this.ended = how;
    this.wake();
  }

  private changed(patience: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), Math.max(0, patience));
      this.wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}

function parseAnswer(bytes: Buffer, method: string, ended: boolean): Answer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const [, status = '', reason = ''] = /^HTTP\/1\.[01] (\d+) ?(.*)$/.exec(statusLine) ?? [];
  const headers: Answer['headers'] = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    headers[name] ??= [];
    headers[name].push(line.slice(colon + 1).trim());
  }
  const start = headEnd + 4;
  const found = { status, reason, headers };
  const noBody = method === 'HEAD' || /^(1..|204|304)$/.test(status);
  if (noBody) return { ...found, body: Buffer.alloc(0), length: start };
  if (headers['transfer-encoding']?.[0] === 'chunked') return parseChunks(bytes, start, found);
  const announced = headers['content-length']?.[0];
  const length = announced === undefined ? bytes.length - start : Number(announced);
  const complete = announced === undefined ? ended : bytes.length - start >= length;
  if (!complete) return undefined;
  return { ...found, body: bytes.subarray(start, start + length), length: start + length };
}

function parseChunks(
  bytes: Buffer,
  start: number,
  found: Pick<Answer, 'status' | 'reason' | 'headers'>,
): Answer | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { ...found, body: Buffer.concat(chunks), length: next };
    chunks.push(bytes.subarray(lineEnd + 2, next - 2));
    at = next;
  }
}

function describe(answer: Answer, prefix: string, observation: Observation): void {
  observation[`${prefix}status`] = answer.status;
  observation[`${prefix}reason`] = answer.reason;
  for (const [name, values] of Object.entries(answer.headers)) {
    observation[`${prefix}header ${name}`] = name === 'date' ? 'a date' : values.join(' | ');
  }
  const text = answer.body.toString();
  if (answer.headers['x-report'] && text !== '') {
    for (const [fact, value] of Object.entries(JSON.parse(text))) {
      observation[`${prefix}${fact}`] = JSON.stringify(value) ?? 'undefined';
    }
    delete observation[`${prefix}header content-length`];
  } else {
    observation[`${prefix}body`] = Buffer.from(text).equals(answer.body)
      ? text
      : `hex ${answer.body.toString('hex')}`;
  }
}
