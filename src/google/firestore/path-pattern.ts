import { BarefnError } from '../../core/errors';

/** The parameters that a pattern names: `DocumentParams<'users/{uid}'>` is `{ uid: string }`. */
export type DocumentParams<Pattern extends string> = string extends Pattern
  ? Record<string, string>
  : { [Name in ParamNames<Pattern>]: string };

type ParamNames<Pattern extends string> = Pattern extends `${string}{${infer Param}}${infer Rest}`
  ? (Param extends `${infer Name}=${string}` ? Name : Param) | ParamNames<Rest>
  : never;

/** Matches paths with one pattern: the parameters, or undefined where it does not match. */
export type MatchPath = (path: string) => Record<string, string> | undefined;

interface Segment {
  /** What the segment is to be; undefined for a wildcard. */
  readonly literal: string | undefined;
  /** What to call it; undefined for no parameter. */
  readonly name: string | undefined;
  /** Whether it stands for any number of segments. */
  readonly isMany: boolean;
}

/**
 * Reads a pattern of paths as Firestore's triggers have them: segments as they are, `*` or `{name}` for
 * one, `**` or `{name=**}` for any number, once.
 *
 * @throws BarefnError `INVALID_OPTION`
 */
export function readPathPattern(pattern: string): MatchPath {
  const segments = segmentsOf(pattern).map((text) => readSegment(text, pattern));
  const many = segments.findIndex(({ isMany }) => isMany);
  if (many !== segments.findLastIndex(({ isMany }) => isMany)) {
    throw invalidPattern(pattern, 'it has more than one wildcard for many segments');
  }
  return (path) => {
    const parts = segmentsOf(path);
    const extra = parts.length - segments.length;
    if (many === -1 ? extra !== 0 : extra < -1) return undefined;
    if (many !== -1) parts.splice(many, extra + 1, parts.slice(many, many + extra + 1).join('/'));
    return match(segments, parts);
  };
}

function match(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const params: [string, string][] = [];
  for (const [index, { literal, name }] of segments.entries()) {
    const part = parts[index] as string;
    if (literal !== undefined && literal !== part) return undefined;
    if (name !== undefined) params.push([name, part]);
  }
  // fromEntries defines own members, so that a parameter called __proto__ is one.
  return Object.fromEntries(params);
}

function segmentsOf(path: string): string[] {
  return path.replace(/^\//, '').replace(/\/$/, '').split('/');
}

function readSegment(text: string, pattern: string): Segment {
  if (text === '*' || text === '**')
    return { literal: undefined, name: undefined, isMany: text === '**' };
  const param = /^\{(\w+)(?:=(\*{1,2}))?\}$/.exec(text);
  if (param !== null) return { literal: undefined, name: param[1], isMany: param[2] === '**' };
  if (text === '' || /[{}*]/.test(text)) {
    throw invalidPattern(pattern, `"${text}" is no segment`);
  }
  return { literal: text, name: undefined, isMany: false };
}

function invalidPattern(pattern: string, problem: string): BarefnError {
  return new BarefnError(
    'INVALID_OPTION',
    `"${pattern}" is not a pattern of document paths: ${problem}. Write it as users/{uid}/posts/{post}, with {name=**} for the rest.`,
  );
}
