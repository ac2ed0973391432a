import { AsyncResource } from 'node:async_hooks';

/** What takes a turn: a response. When it closes, it needs neither the turn nor the result. */
export interface TurnOwner {
  readonly closed?: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/** Ends a turn whose result has this many bytes. */
export type EndTurn = (bytes: number) => void;

/** How many turns there are at a time. */
const TURNS = 2;

/** How many results of the largest size may be in memory. */
const RESULTS = 4;

interface Turn {
  /** How many bytes the turn, then its result, may take. */
  bytes: number;
  isTaken: boolean;
  readonly begin: () => void;
}

// Memory is the process's, however many servers it has.
const waiting = new Set<Turn>();
let taken = 0;
let reserved = 0;
let budget = 0;

/**
 * Calls `begin` when it is the owner's turn to make up to `bytes` bytes; never when the owner closes
 * before. First come, first served. Two turns are taken at a time, and together the turns and the results
 * whose owners have not closed take at most four times the bytes of the largest.
 */
export function takeTurn(owner: TurnOwner, bytes: number, begin: (end: EndTurn) => void): void {
  if (owner.closed) return;
  budget = Math.max(budget, RESULTS * bytes);
  const turn: Turn = {
    bytes,
    isTaken: false,
    // Bound: else it would run in the asynchronous context of the request whose turn is over.
    begin: AsyncResource.bind(() => begin((made) => endTurn(turn, owner.closed ? 0 : made))),
  };
  owner.once('close', () => {
    if (!waiting.delete(turn) && !turn.isTaken) release(turn, 0);
  });
  waiting.add(turn);
  beginNext();
}

function beginNext(): void {
  for (const turn of waiting) {
    if (taken === TURNS || reserved + turn.bytes > budget) return;
    waiting.delete(turn);
    taken++;
    reserved += turn.bytes;
    turn.isTaken = true;
    turn.begin();
  }
}

function endTurn(turn: Turn, made: number): void {
  taken--;
  turn.isTaken = false;
  release(turn, made);
}

/** Gives back what a turn does not need any more. */
function release(turn: Turn, bytes: number): void {
  reserved -= turn.bytes - bytes;
  turn.bytes = bytes;
  beginNext();
}
