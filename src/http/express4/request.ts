import type { ParsedUrlQuery } from 'node:querystring';
import type { Ranges } from '../headers/range';
import { HttpRequest, kParams, kQuery } from '../request/request';

/** The request of Express 4, where it is not that of Express 5. */
export class Express4Request extends HttpRequest {
  /** The query of the target as it came, nested like `a[b]=1`; parsed once. */
  override get query(): ParsedUrlQuery {
    this[kQuery] ??= members().parseQuery(this.originalUrl) as ParsedUrlQuery;
    return this[kQuery];
  }

  override set query(query: ParsedUrlQuery) {
    this[kQuery] = query;
  }

  /**
   * The parameters of the route `/*`: the decoded path behind its first slash.
   * @throws URIError when it is not percent-encoded UTF-8
   */
  override get params(): Record<string, unknown> {
    this[kParams] ??= members().routeParams(this.url);
    return this[kParams];
  }

  override set params(params: Record<string, unknown>) {
    this[kParams] = params;
  }

  /** The route that leads to the function. */
  get route(): object {
    return { path: '/*', stack: [], methods: { _all: true } };
  }

  set route(value: object) {
    Object.defineProperty(this, 'route', { value, writable: true, configurable: true });
  }

  /** The same as {@link hostname}. */
  override get host(): string | undefined {
    return this.hostname;
  }

  /** The host without its port. */
  override get hostname(): string | undefined {
    return members().hostnameOf(this);
  }

  /** Whether the client's copy is still good: by all the validators that it sent. */
  override get fresh(): boolean {
    return members().isFreshResponse(this);
  }

  /** The `Range` header for a body of `size` bytes: -1 not satisfiable, -2 without a unit; malformed parts are skipped. */
  override range(size: number, options?: { combine?: boolean }): Ranges | -1 | -2 | undefined {
    const { range } = this.headers;
    return range === undefined ? undefined : members().readRange(size, range, options);
  }

  /** A parameter of the route, else a member of the body, else one of the query. */
  param(name: string, defaultValue?: unknown): unknown {
    return members().findParameter(this, name, defaultValue);
  }

  /** The same as {@link acceptsCharsets}. */
  acceptsCharset(...charsets: (string | readonly string[])[]): string | string[] | false {
    return this.acceptsCharsets(...charsets);
  }

  /** The same as {@link acceptsEncodings}. */
  acceptsEncoding(...encodings: (string | readonly string[])[]): string | string[] | false {
    return this.acceptsEncodings(...encodings);
  }

  /** The same as {@link acceptsLanguages}. */
  acceptsLanguage(...languages: (string | readonly string[])[]): string | string[] | false {
    return this.acceptsLanguages(...languages);
  }
}

// As HttpRequest has it.
Express4Request.prototype.constructor = HttpRequest.prototype.constructor;

// The settings that an application of Express 4 would have.
Object.defineProperty(Express4Request.prototype, 'app', {
  ...Object.getOwnPropertyDescriptor(HttpRequest.prototype, 'app'),
  get: () => members().appSettings(),
});

function members(): typeof import('./members/request-members') {
  return require('./members/request-members') as typeof import('./members/request-members');
}
