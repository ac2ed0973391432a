import { ServerResponse } from 'node:http';
import { bindEmitter } from '../../core/invocation';
import type { SendFileCallback, SendFileOptions } from '../files/send-file';
import type { CookieOptions } from '../headers/cookie';
import { bodies, files, headers } from '../lazy';
import type { HttpRequest } from '../request/request';
import { storeOf } from '../request/stream';
import type { FormatHandler } from './bodies';
import {
  canSendFast,
  HTML,
  JSON_TYPE,
  kSentHeaders,
  kSetContentType,
  kWarnLate,
  sendBuffered,
  sendBytes,
  sendFast,
  sentHeader,
  sentNames,
  setHeaderValue,
  setTextType,
  toHeaders,
} from './send';

const kLocals = Symbol('locals');

/** A header value as node:http keeps it. */
export type HeaderValue = number | string | string[] | undefined;

/**
 * The response of node:http with Express 5's methods on its prototype, for `createServer` of node:http.
 * It has no constructor: all arguments of the runtime reach Node's.
 *
 * @example
 * http.createServer({ IncomingMessage: HttpRequest, ServerResponse: HttpResponse }, (req, res) => {
 *   res.status(404).send('Not found');
 * });
 */
export class HttpResponse extends ServerResponse<HttpRequest> {
  /** What {@link sendFast} wrote, for reads after the response was sent. @internal */
  declare [kSentHeaders]: string[] | undefined;
  /** The Content-Type that {@link set} wrote; undefined if something else wrote it since. @internal */
  declare [kSetContentType]: string | undefined;
  /** @internal */
  declare [kLocals]: Record<string, unknown> | undefined;
  /** Logs once that a response came too late; present after a timeout. @internal */
  declare [kWarnLate]: (() => void) | undefined;

  /** Adds a listener that runs in the function's invocation, as `req.on` does. @internal */
  // biome-ignore lint/suspicious/noExplicitAny: as node types it
  override on(event: string | symbol, listener: (...args: any[]) => void): this {
    bindEmitter(this, storeOf(this.req));
    return super.on(event, listener);
  }

  /** The same as {@link on}. @internal */
  // biome-ignore lint/suspicious/noExplicitAny: as node types it
  override addListener(event: string | symbol, listener: (...args: any[]) => void): this {
    return this.on(event, listener);
  }

  /** The settings of the application, as `req.app`. */
  get app(): HttpRequest['app'] {
    return this.req.app;
  }

  /** Values of this request, for middleware and views. */
  get locals(): Record<string, unknown> {
    this[kLocals] ??= Object.create(null) as Record<string, unknown>;
    return this[kLocals];
  }
  set locals(values: Record<string, unknown>) {
    this[kLocals] = values;
  }

  /**
   * Sets the status code.
   * @throws TypeError when `code` is not an integer, RangeError outside 100 to 999
   */
  status(code: number): this {
    if (!Number.isInteger(code) || code < 100 || code > 999) throw bodies().statusError(code);
    this.statusCode = code;
    return this;
  }

  /** Sends a string as HTML, bytes as they are, nothing for null, and everything else as JSON. */
  send(body?: unknown): this {
    if (typeof body === 'string') {
      const type = this.getHeader('content-type');
      // Checked first: canSendFast lists all headers, needlessly once a type is set (−3 % instructions).
      if (type === undefined && canSendFast(this)) {
        return sendFast(this, HTML, body, Buffer.byteLength(body));
      }
      setTextType(this, type);
      return sendBuffered(this, body);
    }
    if (body === null) return sendBuffered(this, '');
    if (ArrayBuffer.isView(body)) return sendBytes(this, body);
    const kind = typeof body;
    if (kind === 'object' || kind === 'number' || kind === 'boolean') return this.json(body);
    return sendBuffered(this, body as string | undefined);
  }

  /** Sends a value as JSON. */
  json(value?: unknown): this {
    const text = JSON.stringify(value) as string | undefined;
    // A replaced `send` must see every body, as in Express.
    if (text !== undefined && canSendFast(this) && this.send === HttpResponse.prototype.send) {
      return sendFast(this, JSON_TYPE, text, Buffer.byteLength(text));
    }
    if (!this.getHeader('content-type')) this.setHeader('Content-Type', JSON_TYPE);
    return this.send(text);
  }

  /** Sends JSON, wrapped in a call of the function that the `callback` parameter names. */
  jsonp(value?: unknown): this {
    bodies().sendJsonp(this, value);
    return this;
  }

  /** Sends the standard text of a status code with that code. */
  sendStatus(code: number): this {
    return bodies().sendStatusText(this, code);
  }

  /** Redirects to `url`, with 302 unless a status code precedes it. */
  redirect(...target: [url: string] | [status: number, url: string]): void {
    if (target.length === 2) bodies().redirectTo(this, target[0], target[1]);
    else bodies().redirectTo(this, 302, target[0]);
  }

  /** Calls the handler whose media type the client prefers; 406 if none fits and no `default`. */
  format(handlers: Record<string, FormatHandler>): this {
    bodies().negotiate(this, handlers);
    return this;
  }

  /** Always fails: there is no view engine. */
  render(view: string, ...rest: unknown[]): void {
    bodies().failToRender(view, rest);
  }

  /** Sends a file; see {@link SendFileOptions}. `callback` gets the error, or nothing at the end. */
  sendFile(
    path: string,
    options?: SendFileOptions | SendFileCallback | null,
    callback?: SendFileCallback,
  ): void {
    files().sendFile(this, path, options, callback);
  }

  /** Sends a file for the client to save, as `filename` or under its own name. */
  download(
    path: string,
    filename?: string | SendFileOptions | SendFileCallback | null,
    options?: SendFileOptions | SendFileCallback | null,
    callback?: SendFileCallback,
  ): void {
    files().download(this, path, filename, options, callback);
  }

  /** The value of a header of this response. */
  get(name: string): HeaderValue {
    return this.getHeader(name);
  }

  /** Sets one header, or each header of an object. Text types get a charset. */
  set(...field: [name: string, value: unknown] | [fields: Record<string, unknown>]): this {
    if (field.length === 2) setHeaderValue(this, field[0], field[1]);
    else headers().setHeaders(this, field[0]);
    return this;
  }

  /** The same as {@link set}. */
  header(...field: [name: string, value: unknown] | [fields: Record<string, unknown>]): this {
    return this.set(...field);
  }

  /** Sets Content-Type from a media type, a file name or an extension. */
  type(type: string): this {
    headers().setType(this, type);
    return this;
  }

  /** The same as {@link type}. */
  contentType(type: string): this {
    return this.type(type);
  }

  /** Adds a value to a header, which becomes a list. */
  append(name: string, value: string | string[]): this {
    headers().appendHeader(this, name, value);
    return this;
  }

  /** Adds `Link` values, keyed by relation. */
  links(links: Record<string, string | string[]>): this {
    headers().addLinks(this, links);
    return this;
  }

  /** Adds header names to `Vary`. */
  vary(names: string | string[]): this {
    headers().addVary(this, names);
    return this;
  }

  /** Sets `Location`, and encodes what a URL cannot contain. */
  location(url: string): this {
    headers().setLocation(this, url);
    return this;
  }

  /** Marks the body as a file to save, with the type of its extension. */
  attachment(filename?: string): this {
    headers().setAttachment(this, filename);
    return this;
  }

  /** Adds a cookie; objects become `j:` JSON. `maxAge` is in milliseconds, `path` is `/`. */
  cookie(name: string, value: unknown, options?: CookieOptions): this {
    headers().addCookie(this, name, value, options);
    return this;
  }

  /** Makes the client forget a cookie. */
  clearCookie(name: string, options?: CookieOptions): this {
    headers().expireCookie(this, name, options);
    return this;
  }

  override getHeader(name: string): HeaderValue {
    const sent = this[kSentHeaders];
    return sent === undefined ? super.getHeader(name) : sentHeader(sent, name);
  }

  override hasHeader(name: string): boolean {
    const sent = this[kSentHeaders];
    return sent === undefined ? super.hasHeader(name) : sentHeader(sent, name) !== undefined;
  }

  override getHeaderNames(): string[] {
    const sent = this[kSentHeaders];
    return sent === undefined ? super.getHeaderNames() : sentNames(sent);
  }

  override getHeaders(): ReturnType<ServerResponse['getHeaders']> {
    const sent = this[kSentHeaders];
    return sent === undefined ? super.getHeaders() : toHeaders(sent);
  }
}

// As requests have it.
HttpResponse.prototype.constructor = ServerResponse;
