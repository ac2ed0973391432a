import type { HttpRequest } from './request';

/** The position of a request in a distributed trace. */
export interface TraceContext {
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly sampled: boolean | undefined;
}

/** Reads `X-Cloud-Trace-Context: TRACE/SPAN;o=1`, else W3C's `traceparent: 00-TRACE-SPAN-FLAGS`. */
export function traceContext(req: HttpRequest): TraceContext {
  const cloud = /^(\w+)\/([0-9]+)(?:;o=(.+))?$/.exec(req.get('X-Cloud-Trace-Context') ?? '');
  if (cloud !== null) {
    const [, traceId, spanId, option] = cloud;
    return { traceId, spanId, sampled: option === undefined ? undefined : option === '1' };
  }
  const parent = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(
    req.get('traceparent') ?? '',
  );
  if (parent === null) return { traceId: undefined, spanId: undefined, sampled: undefined };
  const [, traceId, spanId, flags] = parent;
  return { traceId, spanId, sampled: (Number.parseInt(flags as string, 16) & 1) === 1 };
}
