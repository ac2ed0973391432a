import { UNDICI_MAJOR } from './undici-version';

/** How a class looks to programs, beside its members. */
interface Interface {
  /** How many arguments the constructor asks for. */
  readonly length: number;
  /** Whether an object was made by the class. */
  readonly isInstance: (value: object) => boolean;
  /** What `console.log` shows: attributes, or an object of them. */
  readonly inspected: readonly string[] | ((value: object) => object);
}

/** Properties that every class has. */
const OF_FUNCTIONS = ['length', 'name', 'prototype'];

/** The classes of Node that were met, by name; they make instances of the light ones. */
const nativeClasses = new Map<string, { prototype: object }>();
const lightClasses = new Map<string, { prototype: object }>();

/**
 * Gives a class the name and the looks of one of the Fetch standard: enumerable members, a tag, and
 * `instanceof` that knows Node's own instances.
 */
export function defineInterface(
  target: { prototype: object },
  name: string,
  { length, isInstance, inspected }: Interface,
): void {
  lightClasses.set(name, target);
  Object.defineProperties(target, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
    [Symbol.hasInstance]: {
      value(this: { prototype: object }, value: unknown): boolean {
        if (typeof value !== 'object' || value === null) return false;
        if (Object.prototype.isPrototypeOf.call(this.prototype, value)) return true;
        return this === target && (isInstance(value) || isNative(value, name));
      },
    },
  });
  const { prototype } = target;
  if (UNDICI_MAJOR < 8) Reflect.deleteProperty(prototype, 'textStream');
  for (const key of Object.getOwnPropertyNames(prototype)) {
    if (key !== 'constructor') Object.defineProperty(prototype, key, { enumerable: true });
  }
  for (const key of Object.getOwnPropertyNames(target)) {
    if (!OF_FUNCTIONS.includes(key)) Object.defineProperty(target, key, { enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: object, _depth: unknown, options: object, inspect: Inspect): string {
      const shown = typeof inspected === 'function' ? inspected(this) : pick(this, inspected);
      return `${name} ${inspect(shown, options)}`;
    },
    writable: true,
    configurable: true,
  });
}

function pick(instance: object, names: readonly string[]): object {
  return Object.fromEntries(
    names.map((name) => [name, (instance as Record<string, unknown>)[name]]),
  );
}

type Inspect = (value: unknown, options: object) => string;

/**
 * Lets light instances pass for those of a class of Node, `value instanceof native`. Programs meet such
 * a class first when `fetch` gives them a Response.
 */
export function linkToNative(instance: object): void {
  const prototype = Object.getPrototypeOf(instance) as object;
  const name = (instance as Record<symbol, string>)[Symbol.toStringTag] as string;
  const light = lightClasses.get(name);
  if (light === undefined || nativeClasses.has(name) || light.prototype === prototype) return;
  nativeClasses.set(name, { prototype });
  Object.setPrototypeOf(light.prototype, prototype);
}

function isNative(value: object, name: string): boolean {
  const native = nativeClasses.get(name);
  return native !== undefined && Object.prototype.isPrototypeOf.call(native.prototype, value);
}

/** For members of a class that were called on something else. */
export function illegalInvocation(): TypeError {
  return Object.assign(new TypeError('Illegal invocation'), { code: 'ERR_INVALID_THIS' });
}

/** @throws TypeError when a method was called with too few arguments */
export function requireArguments(args: ArrayLike<unknown>, count: number, method: string): void {
  if (args.length >= count) return;
  const expected = count === 1 ? '1 argument' : `${count} arguments`;
  const found = args.length === 0 ? '0' : `only ${args.length}`;
  throw new TypeError(`${method}: ${expected} required, but ${found} found.`);
}
