import { BarefnError } from '../../core/errors';
import { pathOf } from './target';

/** A place in a route: what it takes from a path, or, for a group, the place behind it. */
type Step = string | typeof SEGMENT | typeof REST | { readonly otherwise: number };

const SEGMENT = 1;
const REST = 2;

/**
 * A test for routes in Express 5's syntax: `:name` is a segment, `*name` the rest, `{…}` optional,
 * `\` takes the next character as it is. A route covers all that is below it. In Express 4's syntax `*`
 * is anything, `?` makes what is before it optional, and `|` separates routes.
 *
 * @throws BarefnError `INVALID_OPTION` that begins with `name`
 */
export function routeTest(
  routes: string,
  name = 'ignoredRoutes',
  express = 5,
): (target: string) => boolean {
  const read = express === 4 ? readOlderRoute : readRoute;
  const patterns = routes
    .split(express === 4 ? /[,|]/ : ',')
    .map((route) => route.trim())
    .filter((route) => route !== '')
    .map((route) => pathTest(read(route, name)));
  return (target) => {
    const path = pathOf(target).toLowerCase();
    return patterns.some((isCovered) => isCovered(path));
  };
}

function pathTest(steps: readonly Step[]): (path: string) => boolean {
  if (!steps.every((step) => typeof step === 'string')) return (path) => covers(steps, path);
  // gain: what people write is a plain path, which takes 0.1 µs in place of 2
  const text = steps.join('');
  return (path) =>
    path.startsWith(text) && (path.length === text.length || path[text.length] === '/');
}

function readRoute(route: string, name: string): Step[] {
  const steps: Step[] = [];
  const open: { otherwise: number }[] = [];
  let end = route.length;
  while (route[end - 1] === '/') end--;
  for (const [token] of route.slice(0, end).matchAll(/\\.|[:*][\w$]+|./gs)) {
    if (token === '{') {
      const group = { otherwise: 0 };
      open.push(group);
      steps.push(group);
    } else if (token === '}') {
      const group = open.pop() ?? rejectRoute(route, name);
      group.otherwise = steps.length;
    } else if (token.length > 1 && !token.startsWith('\\')) {
      steps.push(token.startsWith(':') ? SEGMENT : REST);
    } else {
      steps.push((token.at(-1) as string).toLowerCase());
    }
  }
  return open.length === 0 ? steps : rejectRoute(route, name);
}

/** A route of Express 4. Regular expressions are rejected, but for `?`. */
function readOlderRoute(route: string, name: string): Step[] {
  const steps: Step[] = [];
  const tokens = route.replace(/\/+$/, '').match(/\\.|:\w+|./gs) ?? [];
  for (const [index, token] of tokens.entries()) {
    const isOptional = tokens[index + 1] === '?';
    if (token === '*') {
      steps.push({ otherwise: steps.length + 2 }, REST);
    } else if (token.length > 1 && token.startsWith(':')) {
      // The slash before an optional segment is as optional.
      if (isOptional) steps.splice(-1, 1, { otherwise: steps.length + 2 }, '/');
      steps.push(SEGMENT);
    } else if (token !== '?') {
      if ('()[]{}+^$'.includes(token)) rejectRoute(route, name);
      if (isOptional) steps.push({ otherwise: steps.length + 2 });
      steps.push((token.at(-1) as string).toLowerCase());
    }
  }
  return steps;
}

function rejectRoute(route: string, name: string): never {
  throw new BarefnError(
    'INVALID_OPTION',
    `${name}: "${route}" is not a route. Name a path, e.g. /healthz, or several separated by commas.`,
  );
}

/**
 * Whether the route is the path or a beginning of it that ends with a segment. All ways through the
 * route are gone at once: a regular expression with two `*` would try them one by one, and a path that
 * is made for it would take it minutes.
 */
function covers(steps: readonly Step[], path: string): boolean {
  let places: number[] = [];
  // When a place was reached last: each is looked at once for each character.
  const reached = new Int32Array(steps.length + 1).fill(-1);
  enter(0, 0);
  for (let at = 0; at < path.length; at++) {
    const character = path[at] as string;
    if (character === '/' && reached[steps.length] === at) return true;
    const before = places;
    places = [];
    for (const place of before) {
      const step = steps[place];
      if (step === character) enter(place + 1, at + 1);
      else if (step === REST || (step === SEGMENT && character !== '/')) {
        enter(place, at + 1);
        enter(place + 1, at + 1);
      }
    }
    if (places.length === 0) return false;
  }
  return reached[steps.length] === path.length;

  /** Adds a place, and the one behind an optional group that begins there. */
  function enter(place: number, at: number): void {
    if (reached[place] === at) return;
    reached[place] = at;
    places.push(place);
    const step = steps[place];
    if (typeof step !== 'object') return;
    enter(place + 1, at);
    enter(step.otherwise, at);
  }
}
