import { inspect } from 'node:util';

/** What has the signal of a request, or a signal that it follows. */
export type SignalSource = { readonly signal: AbortSignal } | AbortSignal;

/**
 * The signal that an init names. Those of polyfills will do.
 *
 * @throws TypeError for what is no AbortSignal
 */
export function readSignal(signal: unknown): AbortSignal | undefined {
  if (signal === null || signal === undefined) return undefined;
  const { aborted, addEventListener } = signal as Partial<AbortSignal>;
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') {
    return signal as AbortSignal;
  }
  const shown = typeof signal === 'string' ? `"${signal}"` : inspect(signal);
  throw new TypeError(
    `RequestInit: Expected signal ("${shown}") to be an instance of AbortSignal.`,
  );
}

/** The signal of a request. */
export function makeSignal(source: SignalSource | undefined): AbortSignal {
  if (source === undefined) return new AbortController().signal;
  if ('signal' in source) return source.signal;
  return source instanceof AbortSignal ? AbortSignal.any([source]) : follow(source);
}

/** `AbortSignal.any` takes signals of Node only. */
function follow(source: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort(source.reason);
  if (source.aborted) abort();
  else source.addEventListener('abort', abort, { once: true });
  return controller.signal;
}
