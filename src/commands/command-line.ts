import { BarefnError } from '../errors';
import { nearest } from '../nearest';
import { type OptionRow, optionTable } from '../options/option-table';
import { type CommandFlag, commandFlags } from './command-flags';

/** The arguments of a command, sorted. */
export interface CommandLine {
  /** The words that are no flags, the command's name first. */
  readonly words: readonly string[];
  /** The command's own flags by their long names, each with its values in order. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** The flags that serving has too, as `--name=value`. */
  readonly serving: readonly string[];
}

/**
 * Sorts the arguments. Flags may stand before and after the command; `-Xvalue`, `-X value`,
 * `--name value` and `--name=value` are taken.
 *
 * @throws BarefnError `UNKNOWN_OPTION`, `INVALID_OPTION` for a flag of a command without its value
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const words: string[] = [];
  const flags = new Map<string, string[]>();
  const serving: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] as string;
    if (word === '--') {
      words.push(...argv.slice(index + 1));
      break;
    }
    if (!isFlag(word)) {
      words.push(word);
      continue;
    }
    const { name, inline } = split(word);
    const next = argv[index + 1];
    const own = commandFlags().find(({ flag, short }) => name === `--${flag}` || name === short);
    if (own !== undefined) {
      flags.set(own.flag, [...(flags.get(own.flag) ?? []), inline ?? requireValue(own, next)]);
      if (inline === undefined) index++;
    } else if (inline === undefined && takesNext(servingRow(name), next)) {
      serving.push(`${name}=${next}`);
      index++;
    } else {
      servingRow(name);
      serving.push(word);
    }
  }
  return { words, flags, serving };
}

// "-" stands for standard input, a minus before a digit for a number.
function isFlag(word: string): boolean {
  return /^--?[A-Za-z]/.test(word);
}

function split(word: string): { name: string; inline: string | undefined } {
  if (!word.startsWith('--')) {
    return { name: word.slice(0, 2), inline: word.length > 2 ? word.slice(2) : undefined };
  }
  const equals = word.indexOf('=');
  if (equals === -1) return { name: word, inline: undefined };
  return { name: word.slice(0, equals), inline: word.slice(equals + 1) };
}

function requireValue({ flag, value }: CommandFlag, next: string | undefined): string {
  if (next !== undefined && next !== '--' && !isFlag(next)) return next;
  throw new BarefnError('INVALID_OPTION', `--${flag} needs a value: --${flag}=${value}`);
}

function takesNext({ isSwitch, initial }: OptionRow, next: string | undefined): boolean {
  if (isSwitch || next === undefined || next === '--' || isFlag(next)) return false;
  return typeof initial !== 'boolean' || /^(true|false)$/i.test(next);
}

function servingRow(name: string): OptionRow {
  const rows = Object.values<OptionRow>(optionTable());
  for (const row of rows) {
    if (name === `--${row.flag}` || name === `-${row.short}`) return row;
    const negated = typeof row.initial === 'boolean' && name === `--no-${row.flag}`;
    if (negated) return { ...row, isSwitch: true };
  }
  const known = [...commandFlags(), ...rows].map(({ flag }) => `--${flag}`);
  const guess = name.startsWith('--') ? nearest(name, known) : undefined;
  const advice = guess === undefined ? 'barefn --help lists them all.' : `Did you mean ${guess}?`;
  throw new BarefnError('UNKNOWN_OPTION', `Unknown option ${name}. ${advice}`);
}
