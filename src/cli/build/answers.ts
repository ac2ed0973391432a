import type { Answer } from './process';

/**
 * Compares an answer of the bundle with two of the source, one before it and one after it. What differs
 * between these two, such as a time, a random id or a counter, may differ in the bundle, too: time goes
 * on, so a value that was the same before and after was the same in between.
 *
 * @returns the first difference in words; undefined if there is none
 */
export function findDifference(before: Answer, bundle: Answer, after: Answer): string | undefined {
  if (before.status === after.status && bundle.status !== before.status) return 'the status';
  const names = new Set([before, bundle, after].flatMap(({ headers }) => Object.keys(headers)));
  for (const name of names) {
    const [one, two, other] = [before, after, bundle].map(({ headers }) => headers[name] ?? '');
    if (!isAsStable(one, two, other)) return `the field ${name}`;
  }
  return isAsStable(before.body, after.body, bundle.body) ? undefined : 'the body';
}

/** Whether what is the same in two texts is in the other one as well. */
function isAsStable(before = '', after = '', other = ''): boolean {
  if (before === after) return other === before;
  const [json, jsonAfter, jsonOther] = [before, after, other].map(parse);
  if (json === undefined || jsonAfter === undefined) return isAsStableText(before, after, other);
  return jsonOther !== undefined && isAsStableValue(json, jsonAfter, jsonOther);
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Members that the two share have to be alike; others may come and go. */
function isAsStableValue(before: unknown, after: unknown, other: unknown): boolean {
  if (!isObject(before) || !isObject(after)) {
    if (typeof before !== typeof after) return true;
    if (typeof before === 'string')
      return typeof other === 'string' && isAsStable(before, String(after), other);
    return before === after ? other === before : typeof other === typeof before;
  }
  if (!isObject(other) || Array.isArray(other) !== Array.isArray(before)) return false;
  return Object.entries(before).every(
    ([key, value]) =>
      !(key in after) || (key in other && isAsStableValue(value, after[key], other[key])),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Words are what is between spaces, quotes and brackets: a time or an id is one. */
function isAsStableText(before: string, after: string, other: string): boolean {
  const [one, two, words] = [before, after, other].map((text) =>
    text.split(/([\s"'<>,;=()[\]{}]+)/),
  );
  if (one?.length !== two?.length || one === undefined) return true;
  return (
    words?.length === one.length &&
    one.every((word, at) => word !== two?.[at] || words[at] === word)
  );
}
