import type { WireRequest } from '../wire';

/** A POST of a body with this Content-Type. */
export const post = (type: string | undefined, body: string | Buffer, more: WireRequest = {}) => ({
  method: 'POST',
  body,
  ...more,
  headers: { 'Content-Type': type, ...more.headers },
});
