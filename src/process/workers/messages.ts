import type { SignatureType } from '../../core/registry';

/** What a worker serves; every worker of a primary serves the same. */
export interface ServedFunction {
  readonly name: string;
  readonly type: SignatureType;
}

/** What --startup-report says of a start with workers. */
export interface WorkersReport {
  readonly workers: number;
  /** Milliseconds from the start of the primary to that of the worker. */
  readonly primaryMs: number;
}

/** What the primary tells a worker. Messages arrive in order. */
export type ToWorker =
  /** Comes with a connection, which the worker confirms as `accepted`. */
  | { readonly barefn: 'connection'; readonly id: number }
  /** Has this connection come? */
  | { readonly barefn: 'check'; readonly id: number }
  /** The port is open. One worker reports the start. */
  | { readonly barefn: 'listening'; readonly report: WorkersReport | undefined }
  /** No connection comes any more: drain, and exit. */
  | { readonly barefn: 'end' }
  /** Exit at once. */
  | { readonly barefn: 'exit'; readonly code: number };

/** What a worker tells the primary. */
export type ToPrimary =
  | { readonly barefn: 'ready'; readonly served: ServedFunction }
  | { readonly barefn: 'failed'; readonly text: string }
  /** A line for the log, which the primary writes once for all. */
  | { readonly barefn: 'note'; readonly text: string }
  | { readonly barefn: 'accepted' }
  /** A connection was lost on its way: the worker has no free descriptor. */
  | { readonly barefn: 'missed' }
  /** The worker wants to end by itself: it awaits `end`. */
  | { readonly barefn: 'ending' };

/** Tells messages of this module from those of programs and of Node. */
export function isOurs(message: unknown): message is { readonly barefn: string } {
  return typeof message === 'object' && message !== null && 'barefn' in message;
}

/** The variable that makes a process a worker, with its number. */
export const WORKER_VARIABLE = 'BAREFN_WORKER';
