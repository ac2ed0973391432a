import type { Callable, Signature } from '../signatures/signature';

/** An HTTP function whose bodies are read as strictly as the parser of Express 4 does it. */
export function withStrictBodies(prepare: Signature): Signature {
  return (registration, options): Callable => {
    const callable = prepare(registration, options);
    return {
      ...callable,
      invoke(req, res) {
        if (req.rawBody !== undefined) {
          const { checkBody } = require('./content-type') as typeof import('./content-type');
          checkBody(req);
        }
        callable.invoke(req, res);
      },
    };
  };
}
