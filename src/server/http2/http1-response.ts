import { type HeaderMap, isOfConnection } from './headers';

/** The head of a response, as HTTP/2 sends it. */
export interface ResponseHead {
  /** With `:status`, and without those of a connection. */
  readonly headers: HeaderMap;
  readonly isChunked: boolean;
  /** Whether the connection closes after the response. */
  readonly closes: boolean;
}

/** Takes a response as it is read. */
export interface ResponseSink {
  /** An interim response (RFC 9110 §15.2). */
  onInformation(head: ResponseHead): void;
  /** @param hasBody false where nothing follows */
  onHead(head: ResponseHead, hasBody: boolean): void;
  onData(chunk: Buffer | string, encoding: BufferEncoding, isLast: boolean): void;
  /** The end of a body whose last chunk was not known to be the last. */
  onEnd(trailers: HeaderMap): void;
}

type State = 'head' | 'length' | 'close' | 'size' | 'chunk' | 'chunk end' | 'trailers' | 'done';

const NOTHING = Buffer.alloc(0);

const NOWHERE: ResponseSink = { onInformation() {}, onHead() {}, onData() {}, onEnd() {} };

/**
 * Reads the responses that barefn's own HTTP/1.1 server writes (RFC 9112). Anything else that a server
 * may send is an error.
 */
export class ResponseReader {
  private state: State = 'head';
  private unread: Buffer = NOTHING;
  private remaining = 0;
  private isHead = false;
  private sink: ResponseSink = NOWHERE;

  /** Whether the response has ended. */
  get isDone(): boolean {
    return this.state === 'done';
  }

  /**
   * Begins the next response.
   *
   * @param isHead whether the request was HEAD, whose response has no body
   */
  start(sink: ResponseSink, isHead: boolean): void {
    this.sink = sink;
    this.isHead = isHead;
    this.state = 'head';
    this.unread = NOTHING;
  }

  /** @throws Error for bytes that no response of ours has */
  read(chunk: Buffer | string, encoding: BufferEncoding): void {
    const bytes = typeof chunk === 'string' ? this.readText(chunk, encoding) : chunk;
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

  /**
   * Node writes head and body as one text where it can. Passing on the text spares two copies of it.
   * @returns what is left to read
   */
  private readText(text: string, encoding: BufferEncoding): Buffer {
    const end = this.state === 'head' && this.unread.length === 0 ? text.indexOf('\r\n\r\n') : -1;
    const head = end < 0 ? '' : text.slice(0, end);
    // In UTF-8, only ASCII has one byte for each character.
    if (head.length === 0 || Buffer.byteLength(head) > end) return Buffer.from(text, encoding);
    this.takeHead(head);
    const body = text.slice(end + 4);
    if (body === '') return NOTHING;
    if (this.state !== 'length' || Buffer.byteLength(body, encoding) !== this.remaining) {
      return Buffer.from(body, encoding);
    }
    this.state = 'done';
    this.sink.onData(body, encoding, true);
    return NOTHING;
  }

  /** The connection was closed. Returns whether the response is complete. */
  close(): boolean {
    if (this.state === 'close') this.end(noHeaders());
    return this.isDone;
  }

  /** Reads one part of the response. Returns the rest, or undefined when more bytes are needed. */
  private step(bytes: Buffer): Buffer | undefined {
    switch (this.state) {
      case 'head':
        return this.readBlock(bytes, (block) => this.takeHead(block));
      case 'length':
      case 'chunk':
        return this.takeData(bytes);
      case 'close':
        this.sink.onData(bytes, 'latin1', false);
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

  private readBlock(bytes: Buffer, take: (block: string) => void): Buffer | undefined {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    take(bytes.toString('latin1', 0, end));
    return bytes.subarray(end + 4);
  }

  private readLine(bytes: Buffer, take: (line: string) => void): Buffer | undefined {
    const end = bytes.indexOf('\r\n');
    if (end < 0) return undefined;
    take(bytes.toString('latin1', 0, end));
    return bytes.subarray(end + 2);
  }

  private takeHead(block: string): void {
    const status = block.startsWith('HTTP/1.1 ') ? Number(block.slice(9, 12)) : 0;
    if (!(status >= 100)) throw new Error('A response has no status line.');
    const head = readHead(block, status);
    if (status < 200) {
      this.sink.onInformation(head);
      return;
    }
    const length = head.headers['content-length'];
    if (this.isHead || status === 204 || status === 304 || length === '0') this.state = 'done';
    else if (head.isChunked) this.state = 'size';
    else if (length === undefined) this.state = 'close';
    else {
      this.state = 'length';
      this.remaining = Number(length);
      if (!Number.isSafeInteger(this.remaining)) throw new Error('A response has no valid length.');
    }
    this.sink.onHead(head, !this.isDone);
  }

  private takeData(bytes: Buffer): Buffer {
    const chunk = bytes.length > this.remaining ? bytes.subarray(0, this.remaining) : bytes;
    this.remaining -= chunk.length;
    const isChunk = this.state === 'chunk';
    if (this.remaining === 0) this.state = isChunk ? 'chunk end' : 'done';
    this.sink.onData(chunk, 'latin1', this.isDone);
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
      this.end(noHeaders());
      return bytes.subarray(2);
    }
    return this.readBlock(bytes, (block) => this.end(readFields(block, 0).headers));
  }

  private end(trailers: HeaderMap): void {
    this.state = 'done';
    this.sink.onEnd(trailers);
  }
}

function readHead(block: string, status: number): ResponseHead {
  const start = block.indexOf('\r\n');
  const head = readFields(block, start < 0 ? block.length : start + 2);
  head.headers[':status'] = status as never;
  return head;
}

function readFields(block: string, from: number): ResponseHead {
  const headers = noHeaders();
  let isChunked = false;
  let closes = false;
  for (let at = from, next: number; at < block.length; at = next + 2) {
    const end = block.indexOf('\r\n', at);
    next = end < 0 ? block.length : end;
    const colon = block.indexOf(':', at);
    const name = block.slice(at, colon).toLowerCase();
    const value = block.slice(colon + 1, next).trim();
    if (isOfConnection(name)) {
      isChunked ||= name === 'transfer-encoding';
      closes ||= name === 'connection' && value === 'close';
      continue;
    }
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return { headers, isChunked, closes };
}

function noHeaders(): HeaderMap {
  return Object.create(null) as HeaderMap;
}
