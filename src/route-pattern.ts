import { BarefnError } from './errors';
import { pathOf } from './http/request-target';

/**
 * A test for routes in Express 5's syntax: `:name` is a segment, `*name` the rest, `{…}` optional,
 * `\` takes the next character as it is. A route covers all that is below it.
 */
export function routeTest(routes: string): (target: string) => boolean {
  const patterns = routes
    .split(',')
    .map((route) => route.trim())
    .filter((route) => route !== '')
    .map(toPattern);
  return (target) => {
    const path = pathOf(target);
    return patterns.some((pattern) => pattern.test(path));
  };
}

function toPattern(route: string): RegExp {
  const source = route
    .replace(/\/+$/, '')
    .replace(
      /\\(.)|[:*][\w$]+|[{}]|[.+?^$()|[\]\\/*:]/g,
      (token: string, escaped: string | undefined) => {
        if (escaped !== undefined) return escaped.replace(/[^\w\s]/, '\\$&');
        if (token === '{') return '(?:';
        if (token === '}') return ')?';
        if (token.length > 1) return token.startsWith(':') ? '[^/]+' : '.+';
        return `\\${token}`;
      },
    );
  try {
    return new RegExp(`^${source}(?:/|$)`, 'i');
  } catch (cause) {
    throw new BarefnError(
      'INVALID_OPTION',
      `--ignored-routes: "${route}" is not a route. Name a path, e.g. /healthz, or several separated by commas.`,
      { cause },
    );
  }
}
