import { BarefnError } from './errors';

/** How a function is called: the row of the signature table that serves it. */
export type SignatureType = 'http' | 'cloudevent' | 'event' | 'typed' | 'web';

/** A function that a program registered under a name. */
export interface Registration {
  /** The name that `--target` selects. */
  readonly name: string;
  /** How the handler is called; takes precedence over `--signature-type`. */
  readonly type: SignatureType;
  /** What was registered. Not checked here: if it cannot be called, each request fails. */
  readonly handler: unknown;
  /** Settings of the signature, e.g. the validators of a typed function. */
  readonly options?: unknown;
}

/** Runs before the server listens; the server waits for a returned promise. */
export type StartupHook = () => unknown;

/** Runs when the server has answered its last request; the process waits for a returned promise. */
export type ShutdownHook = () => unknown;

/**
 * Registers a function. The last registration of a name wins.
 *
 * @throws BarefnError `INVALID_FUNCTION_NAME`
 */
export function register(
  name: string,
  type: SignatureType,
  handler: unknown,
  options?: unknown,
): void {
  if (!isFunctionName(name)) {
    throw new BarefnError(
      'INVALID_FUNCTION_NAME',
      `Invalid function name: ${String(name)}\nA name has 1 to 63 letters, digits, "-" and "_". It starts with a letter and ends with a letter or digit.`,
    );
  }
  const entry = options === undefined ? { name, type, handler } : { name, type, handler, options };
  state().functions.set(name, entry);
}

/**
 * Makes a registration of a handler that was not registered.
 *
 * @throws BarefnError `NOT_A_FUNCTION`
 */
export function asRegistration(handler: unknown, type?: SignatureType): Registration {
  const application = handler as { fetch?: unknown } | null | undefined;
  if (typeof handler !== 'function' && typeof application?.fetch !== 'function') {
    const message = 'There is nothing to serve. Pass a function, or an object with a fetch method.';
    throw new BarefnError('NOT_A_FUNCTION', message);
  }
  const usual = typeof handler === 'function' ? 'http' : 'web';
  return { name: 'function', type: type ?? usual, handler };
}

/** The function registered under `name`, if any. */
export function registration(name: string): Registration | undefined {
  return state().functions.get(name);
}

/** All registered functions, in the order in which their names were first registered. */
export function registrations(): IterableIterator<Registration> {
  return state().functions.values();
}

/** Adds a hook to run, after those added before, when the server starts. */
export function addStartupHook(hook: StartupHook): void {
  state().startupHooks.push(hook);
}

/** Adds a hook to run when the server shuts down. */
export function addShutdownHook(hook: ShutdownHook): void {
  state().shutdownHooks.push(hook);
}

/** The startup hooks in the order in which they were added. */
export function startupHooks(): readonly StartupHook[] {
  return state().startupHooks;
}

/** The shutdown hooks in the order in which they were added. */
export function shutdownHooks(): readonly ShutdownHook[] {
  return state().shutdownHooks;
}

interface RegistryState {
  readonly functions: Map<string, Registration>;
  readonly startupHooks: StartupHook[];
  readonly shutdownHooks: ShutdownHook[];
}

// Each bundled entry point, and a global command beside a local package, has its own copy of this
// module. They share their state through the global object.
function state(): RegistryState {
  const key = Symbol.for('barefn.registry');
  const holder = globalThis as unknown as Record<symbol, RegistryState | undefined>;
  const shared = holder[key];
  if (shared !== undefined) return shared;
  const created: RegistryState = { functions: new Map(), startupHooks: [], shutdownHooks: [] };
  holder[key] = created;
  return created;
}

function isFunctionName(name: unknown): name is string {
  return typeof name === 'string' && /^[A-Za-z](?:[-_A-Za-z0-9]{0,61}[A-Za-z0-9])?$/.test(name);
}
