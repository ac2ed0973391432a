import type { CookieOptions } from '../headers/cookie';
import type { FormatHandler } from '../response/bodies';
import { HttpResponse } from '../response/response';
import { canSendFast, JSON_TYPE, sendFast } from '../response/send';

type FileArguments = Parameters<HttpResponse['sendFile']>;

/** The response of Express 4, where it is not that of Express 5. */
export class Express4Response extends HttpResponse {
  /** Whether the parameters of a Content-Type are written in the order of their names. */
  declare readonly sortsParameters: true;

  /** Sets the status code unchecked: Node throws for an invalid one when the headers are written. */
  override status(code: number): this {
    this.statusCode = code;
    return this;
  }

  /**
   * Sends a string as HTML, a Buffer as it is, nothing for null, the text of a status for a number, and
   * everything else as JSON. Of two arguments, one is the status.
   */
  override send(...body: unknown[]): this {
    const [first] = body;
    if (body.length < 2 && typeof first === 'string') return super.send(first);
    return members().send(this, body, (value) => super.send(value));
  }

  /** Sends a value as JSON. Of two arguments, one is the status. */
  override json(...value: unknown[]): this {
    if (value.length > 1) return members().withStatus(this, value, (body) => this.json(body));
    const text = JSON.stringify(value[0]) as string | undefined;
    // As in HttpResponse: a replaced `send` must see every body.
    if (text !== undefined && canSendFast(this) && this.send === Express4Response.prototype.send) {
      return sendFast(this, JSON_TYPE, text, Buffer.byteLength(text));
    }
    if (!this.getHeader('content-type')) this.setHeader('Content-Type', JSON_TYPE);
    return this.send(text);
  }

  /** Sends JSON, wrapped in a call of the function that the `callback` parameter names. */
  override jsonp(...value: unknown[]): this {
    if (value.length > 1) return members().withStatus(this, value, (body) => this.jsonp(body));
    return super.jsonp(value[0]);
  }

  /** Redirects to `url` with 302, or with the status code beside it. `back` is the referrer. */
  override redirect(...target: unknown[]): void {
    members().redirect(this, target);
  }

  /** Calls the handler whose media type the client prefers; 406 if none fits and no `default`. */
  override format(handlers: Record<string, FormatHandler>): this {
    return members().format(this, handlers);
  }

  /** Sends a file, with a weak ETag. `callback` gets the error, or nothing at the end. */
  override sendFile(...file: FileArguments): void {
    files().sendFile(this, ...file);
  }

  /** Sends a file by a path that is decoded, and relative to the current directory. */
  sendfile(...file: FileArguments): void {
    files().sendDecodedFile(this, ...file);
  }

  /** Sends a file for the client to save, as `filename` or under its own name. */
  override download(...file: Parameters<HttpResponse['download']>): void {
    files().download(this, ...file);
  }

  /** Sets one header, or each header of an object. Text types get a charset. */
  override set(...header: Parameters<HttpResponse['set']>): this {
    if (header.length === 1) return members().setHeaders(this, header[0]);
    const [name, value] = header;
    if (name.toLowerCase() !== 'content-type') return super.set(name, value);
    return members().setContentType(this, name, value);
  }

  /** Sets Content-Type from a media type, a file name or an extension. */
  override type(type: string): this {
    return members().setType(this, type);
  }

  /** Adds `Link` values, keyed by relation. */
  override links(links: Record<string, unknown>): this {
    return super.links(members().toTexts(links));
  }

  /** Adds header names to `Vary`. */
  override vary(names: string | string[]): this {
    return names?.length ? super.vary(names) : this;
  }

  /** Sets `Location`, encoding what a URL cannot hold. `back` is the referrer. */
  override location(url: string): this {
    return super.location(url === 'back' ? this.req.get('Referrer') || '/' : url);
  }

  /** Marks the body as a file to save, typed by its extension. */
  override attachment(filename?: string): this {
    return members().setAttachment(this, filename);
  }

  /** Makes the client forget a cookie, unless `options` say when it expires. */
  override clearCookie(name: string, options?: CookieOptions): this {
    return this.cookie(name, '', { expires: new Date(1), path: '/', ...options });
  }
}

Object.defineProperty(Express4Response.prototype, 'sortsParameters', { value: true });
// As HttpResponse has it.
Express4Response.prototype.constructor = HttpResponse.prototype.constructor;

function files(): typeof import('./members/files') {
  return require('./members/files') as typeof import('./members/files');
}

function members(): typeof import('./members/response-members') {
  return require('./members/response-members') as typeof import('./members/response-members');
}
