import type { HttpRequest } from '../http/request';
import type { HttpResponse } from '../http/response';
import type { Registration, SignatureType } from '../registry';

/** Decodes a request whose body was read, calls the function and answers with what came of it. */
export type Invoke = (req: HttpRequest, res: HttpResponse) => void;

/** How functions of one type are called. */
export interface Signature {
  /** The methods that are served, for `Allow`; undefined = all. */
  readonly methods: readonly string[] | undefined;
  /** Whether the default ignored routes apply: crawlers and browsers ask only for web pages. */
  readonly hasPages: boolean;
  /** Makes the function callable. */
  prepare(registration: Registration): Invoke;
}

/** The signature of a type. Each is loaded by its first use. */
export function signatureOf(type: SignatureType): Signature {
  switch (type) {
    case 'http':
      return (require('./http') as typeof import('./http')).httpSignature;
  }
  throw new Error(`unreachable: ${type}`);
}
