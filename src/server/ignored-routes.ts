/** Whether the function never gets requests of a target. */
export type RouteTest = (target: string) => boolean;

const DEFAULT_ROUTES = ['/favicon.ico', '/robots.txt'];

/**
 * @param routes null = `/favicon.ico` and `/robots.txt` where `hasPages`; blank = none; else a route
 *   of Express's syntax, or several separated by commas
 * @param express the version whose syntax it is
 */
export function ignoredRoutes(
  routes: string | null,
  hasPages: boolean,
  express?: number,
): RouteTest | undefined {
  if (routes === null) return hasPages ? isDefaultRoute : undefined;
  if (routes.trim() === '') return undefined;
  return (
    require('../http/request/route-pattern') as typeof import('../http/request/route-pattern')
  ).routeTest(routes, undefined, express);
}

function isDefaultRoute(target: string): boolean {
  // True of nearly every request: neither "f" nor "r" follows the slash.
  const letter = target.charCodeAt(1) | 0x20;
  if (letter !== 0x66 && letter !== 0x72) return false;
  return DEFAULT_ROUTES.some((route) => startsWithRoute(target, route));
}

/** Whole segments match, in any case: `/robots.txt/x` is below the route, `/robots.txts` is not. */
function startsWithRoute(target: string, route: string): boolean {
  if (target.length < route.length) return false;
  const next = target[route.length];
  if (next !== undefined && next !== '/' && next !== '?' && next !== '#') return false;
  return target.slice(0, route.length).toLowerCase() === route;
}
