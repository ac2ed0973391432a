/** The highest integer that is an array index: 2 ** 32 - 2. */
const HIGHEST_INDEX = '4294967294';

/** A value of a form, or the list or object that its key describes. */
export type Node = string | Branch;

/**
 * A list or an object under construction. A list keeps its entries by index in a map: a plain array
 * would reserve memory for the holes of `a[999][999]…`, some 12 KB for five bytes of key.
 */
export class Branch {
  readonly entries = new Map<string, Node>();
  isList: boolean;
  /** Lists: one past the highest index. */
  length = 0;
  /** Objects that grew out of a list: the highest index; plain values append after it. */
  lastIndex: number | undefined;
  /** Made of an object and a plain value of the same name, which share a list. */
  isMixed = false;

  constructor(isList: boolean) {
    this.isList = isList;
  }

  put(index: number, node: Node): void {
    this.entries.set(String(index), node);
    if (index >= this.length) this.length = index + 1;
  }
}

/** A list of the given nodes. */
export function listOf(nodes: Node[]): Branch {
  const list = new Branch(true);
  for (const node of nodes) list.put(list.length, node);
  return list;
}

/** Adds a node under a key of an object; beside what the key already has. */
export function mergeEntry(target: Branch, key: string, node: Node, arrayLimit: number): void {
  const former = target.entries.get(key);
  target.entries.set(key, former === undefined ? node : mergeNodes(former, node, arrayLimit));
}

function mergeNodes(former: Node, node: Node, arrayLimit: number): Node {
  if (node === '') return former;
  if (typeof former === 'string') {
    return typeof node === 'string' ? listOf([former, node]) : prepend(former, node, arrayLimit);
  }
  return typeof node === 'string' ? append(former, node) : mergeBranch(former, node, arrayLimit);
}

function append(branch: Branch, value: string): Branch {
  if (branch.isList) {
    branch.put(branch.length, value);
    return branch;
  }
  if (branch.lastIndex !== undefined) {
    branch.entries.set(String(++branch.lastIndex), value);
    return branch;
  }
  const list = listOf([branch, value]);
  list.isMixed = true;
  return list;
}

function prepend(value: string, branch: Branch, arrayLimit: number): Branch {
  if (!branch.isList && branch.lastIndex === undefined) return listOf([value, branch]);
  const shifted = listOf([value]);
  for (const [key, node] of branch.entries) shifted.put(Number(key) + 1, node);
  if (branch.isList) shifted.length = branch.length + 1;
  if (!branch.isList || shifted.length > arrayLimit) {
    shifted.isList = false;
    shifted.lastIndex = shifted.length - 1;
  }
  return shifted;
}

/** Merges `source` into `target`, both made from keys with the same beginning. */
export function mergeBranch(target: Branch, source: Branch, arrayLimit: number): Branch {
  if (target.isList && source.isList) {
    for (const [key, node] of source.entries) mergeItem(target, key, node, arrayLimit);
    return target;
  }
  if (target.isList) {
    target.isList = false;
    if (target.isMixed) target.lastIndex = target.length - 1;
  }
  for (const [key, node] of source.entries) {
    mergeEntry(target, key, node, arrayLimit);
    const index = asIndex(key);
    if (source.lastIndex !== undefined && target.lastIndex === undefined) {
      target.lastIndex = highestIndex(target, source.lastIndex);
    }
    if (target.lastIndex !== undefined && index > target.lastIndex) target.lastIndex = index;
  }
  return target;
}

function mergeItem(target: Branch, key: string, node: Node, arrayLimit: number): void {
  const former = target.entries.get(key);
  if (former === undefined) target.put(Number(key), node);
  else if (typeof former === 'string' || typeof node === 'string') target.put(target.length, node);
  else target.entries.set(key, mergeBranch(former, node, arrayLimit));
}

function highestIndex(branch: Branch, atLeast: number): number {
  let highest = atLeast;
  for (const key of branch.entries.keys()) highest = Math.max(highest, asIndex(key));
  return highest;
}

/** The finished value: a string, an array without holes, or an object with Object's prototype. */
export function toValue(node: Node): unknown {
  if (typeof node === 'string') return node;
  if (node.isList) {
    const entries = [...node.entries].sort((a, b) => Number(a[0]) - Number(b[0]));
    return entries.map(([, item]) => toValue(item));
  }
  const object: Record<string, unknown> = {};
  if (isSparse(node.entries)) keepElementsInDictionary(object);
  for (const [key, item] of node.entries) object[key] = toValue(item);
  return object;
}

/** Whether the keys that are list indexes lie far apart. */
function isSparse(entries: ReadonlyMap<string, Node>): boolean {
  let count = 0;
  let highest = -1;
  for (const key of entries.keys()) {
    const index = asIndex(key);
    if (index === -1) continue;
    count++;
    if (index > highest) highest = index;
  }
  return highest > 4 * count + 16;
}

/**
 * V8 keeps what an object has under integers in an array with room for those that are missing, up to
 * 1024 of them: 12 KB for `{ 999: 'x' }`. Once there was an integer above 2 ** 29, it keeps a dictionary.
 */
function keepElementsInDictionary(object: Record<string, unknown>): void {
  object[HIGHEST_INDEX] = undefined;
  delete object[HIGHEST_INDEX];
}

/** The list index that a name spells in canonical decimal, else -1. */
export function asIndex(name: string): number {
  const index = parseInt(name, 10);
  return index >= 0 && String(index) === name ? index : -1;
}
