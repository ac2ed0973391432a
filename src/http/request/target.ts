/** The path of a request target (RFC 9112 §3.2), not decoded. */
export function pathOf(target: string | undefined): string {
  const [start, end, query] = split(target ?? '');
  const path = (target ?? '').slice(start, query === -1 ? end : query);
  return path === '' && start > 0 ? '/' : path;
}

/** The query of a request target, without its `?`. */
export function queryOf(target: string | undefined): string {
  const [, end, query] = split(target ?? '');
  return query === -1 ? '' : (target ?? '').slice(query + 1, end);
}

/**
 * The parameters that Express's catch-all route gives: the decoded segments of the path.
 * @throws URIError when a segment is not percent-encoded UTF-8
 */
export function routeParams(target: string | undefined): Record<string, unknown> {
  const params = Object.create(null) as Record<string, unknown>;
  const path = pathOf(target);
  if (path.length > 1) params['splat'] = path.slice(1).split('/').map(decodeURIComponent);
  return params;
}

/** The first segment of the path that is not percent-encoded UTF-8. */
export function findMalformedSegment(target: string): string | undefined {
  return pathOf(target)
    .split('/')
    .find((segment) => {
      try {
        decodeURIComponent(segment);
        return false;
      } catch {
        return true;
      }
    });
}

/** Where the path starts, where the target ends before a fragment, and where its `?` is, or -1. */
function split(target: string): [start: number, end: number, query: number] {
  const fragment = target.indexOf('#');
  const end = fragment === -1 ? target.length : fragment;
  const query = target.indexOf('?');
  const start = startOfPath(target);
  return [start, end, query === -1 || query > end ? -1 : query];
}

/** Absolute-form targets carry scheme and authority before the path. */
function startOfPath(target: string): number {
  if (target.startsWith('/') || !/^[a-z][a-z0-9+.-]{0,31}:\/\//i.test(target)) return 0;
  const authority = target.indexOf('//') + 2;
  const path = target.slice(authority).search(/[/?#]/);
  return path === -1 ? target.length : authority + path;
}
