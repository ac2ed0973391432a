import type { HttpFunction, Request, Response } from '../functions';
import { parseBody } from '../http/body';
import { respondWithCrash } from '../respond';
import type { Signature } from './signature';

/** HTTP functions: an Express-style handler answers through `res`. */
export const httpSignature: Signature = {
  methods: undefined,
  hasPages: true,
  prepare({ handler }) {
    const call = handler as HttpFunction;
    const replacesPrototypes = isExpressApplication(handler);
    return (req, res) => {
      parseBody(req);
      if (replacesPrototypes) req.ownInvocation();
      try {
        const result = call(req as unknown as Request, res as unknown as Response) as unknown;
        if (isThenable(result)) {
          result.then(undefined, (fault: unknown) => respondWithCrash(res, fault, 'crash'));
        }
      } catch (fault) {
        respondWithCrash(res, fault, 'crash');
      }
    };
  },
};

/** Express makes `app.request` and `app.response` the prototypes of what it is called with. */
function isExpressApplication(handler: unknown): boolean {
  const app = handler as { request?: unknown; response?: unknown; handle?: unknown } | undefined;
  return (
    typeof app === 'function' &&
    typeof app.handle === 'function' &&
    typeof app.request === 'object' &&
    typeof app.response === 'object'
  );
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}
