import type { HeaderMap } from './headers';

/** Takes a response as it is read. */
export interface ResponseSink {
  /** An interim response (RFC 9110 §15.2). */
  onInformation(status: number, headers: HeaderMap): void;
  /** @param hasBody false where nothing follows */
  onHead(status: number, headers: HeaderMap, hasBody: boolean): void;
  onData(chunk: Buffer, isLast: boolean): void;
  /** The end of a body whose last chunk was not known to be the last. */
  onEnd(trailers: HeaderMap): void;
}

type State = 'head' | 'length' | 'close' | 'size' | 'chunk' | 'chunk end' | 'trailers' | 'done';

const NOTHING = Buffer.alloc(0);

/**
 * Reads the responses that barefn's own HTTP/1.1 server writes (RFC 9112). Anything else that a server
 * may send is an error.
 */
export class ResponseReader {
  private state: State = 'head';
  private unread: Buffer = NOTHING;
  private remaining = 0;

  /** @param isHead whether the request was HEAD, whose response has no body */
  constructor(
    private readonly sink: ResponseSink,
    private readonly isHead: boolean,
  ) {}

  /** Whether the response has ended. */
  get isDone(): boolean {
    return this.state === 'done';
  }

  /** @throws Error for bytes that no response of ours has */
  read(bytes: Buffer): void {
    let rest = this.unread.length === 0 ? bytes : Buffer.concat([this.unread, bytes]);
    this.unread = NOTHING;
    while (rest.length > 0) {
      const next = this.step(rest);
      if (next === undefined) {
        this.unread = rest;
        return;
      }
      rest = next;
    }
  }

  /** The connection was closed. Returns whether the response is complete. */
  close(): boolean {
    if (this.state === 'close') this.end({});
    return this.isDone;
  }

  /** Reads one part of the response. Returns the rest, or undefined when more bytes are needed. */
  private step(bytes: Buffer): Buffer | undefined {
    switch (this.state) {
      case 'head':
        return this.readBlock(bytes, (lines) => this.takeHead(lines));
      case 'length':
      case 'chunk':
        return this.takeData(bytes);
      case 'close':
        this.sink.onData(bytes, false);
        return NOTHING;
      case 'size':
        return this.readLine(bytes, (line) => this.takeSize(line));
      case 'chunk end':
        return this.readLine(bytes, () => {
          this.state = 'size';
        });
      case 'trailers':
        return this.readTrailers(bytes);
      case 'done':
        throw new Error('Bytes came after the end of a response.');
    }
  }

  private readBlock(bytes: Buffer, take: (lines: string[]) => void): Buffer | undefined {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    take(bytes.toString('latin1', 0, end).split('\r\n'));
    return bytes.subarray(end + 4);
  }

  private readLine(bytes: Buffer, take: (line: string) => void): Buffer | undefined {
    const end = bytes.indexOf('\r\n');
    if (end < 0) return undefined;
    take(bytes.toString('latin1', 0, end));
    return bytes.subarray(end + 2);
  }

  private takeHead(lines: string[]): void {
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(lines[0] as string)?.[1]);
    if (!(status >= 100)) throw new Error('A response has no status line.');
    const headers = readHeaders(lines, 1);
    if (status < 200) {
      this.sink.onInformation(status, headers);
      return;
    }
    const length = headers['content-length'];
    if (this.isHead || status === 204 || status === 304 || length === '0') this.state = 'done';
    else if (headers['transfer-encoding'] !== undefined) this.state = 'size';
    else if (length === undefined) this.state = 'close';
    else {
      this.state = 'length';
      this.remaining = Number(length);
      if (!Number.isSafeInteger(this.remaining)) throw new Error('A response has no valid length.');
    }
    this.sink.onHead(status, headers, !this.isDone);
  }

  private takeData(bytes: Buffer): Buffer {
    const chunk = bytes.length > this.remaining ? bytes.subarray(0, this.remaining) : bytes;
    this.remaining -= chunk.length;
    const isChunk = this.state === 'chunk';
    if (this.remaining === 0) this.state = isChunk ? 'chunk end' : 'done';
    this.sink.onData(chunk, this.isDone);
    return bytes.subarray(chunk.length);
  }

  private takeSize(line: string): void {
    this.remaining = Number.parseInt(line, 16);
    if (!Number.isSafeInteger(this.remaining)) throw new Error('A chunk has no valid size.');
    this.state = this.remaining === 0 ? 'trailers' : 'chunk';
  }

  private readTrailers(bytes: Buffer): Buffer | undefined {
    // The section may be empty: then its end follows at once (RFC 9112 §7.1.2).
    if (bytes.length >= 2 && bytes.toString('latin1', 0, 2) === '\r\n') {
      this.end({});
      return bytes.subarray(2);
    }
    return this.readBlock(bytes, (lines) => this.end(readHeaders(lines, 0)));
  }

  private end(trailers: HeaderMap): void {
    this.state = 'done';
    this.sink.onEnd(trailers);
  }
}

function readHeaders(lines: readonly string[], from: number): HeaderMap {
  const headers = Object.create(null) as HeaderMap;
  for (const line of lines.slice(from)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}
