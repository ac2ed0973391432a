import { BarefnError } from '../core/errors';
import { type OptionRow, type OptionTable, optionTable } from './table';

/** A flag of commands. */
export interface CommandFlag {
  /** The flag without its dashes. */
  readonly flag: string;
  /** A one-letter form, with its dash. */
  readonly short?: string;
  /** The value in the help, e.g. `<kind>`; empty if it takes none. */
  readonly value: string;
}

/** The parsed arguments of the process. */
export interface CommandLine {
  /** The words that are not flags; the first may name a command. */
  readonly words: readonly string[];
  /** Options by their keys in the table. The last value counts. */
  readonly options: ReadonlyMap<string, string>;
  /** Flags of commands by their long names, with all values in order. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
}

/**
 * Parses the arguments, for serving and for the commands. Flags may come before and after words, as
 * `--name value`, `--name=value`, `-n value` or `-nvalue`. A boolean option takes the next word only if
 * that is true or false.
 *
 * @param argv the arguments alone: `process.argv.slice(2)`
 * @param commandFlags returns the flags of commands; called only for a flag that is not an option
 * @throws BarefnError `UNKNOWN_OPTION`; `INVALID_OPTION` if the flag of a command lacks its value
 */
export function readArguments(
  argv: readonly string[],
  commandFlags: () => readonly CommandFlag[],
): CommandLine {
  const table = optionTable();
  const words: string[] = [];
  const options = new Map<string, string>();
  const flags = new Map<string, string[]>();
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
    const following = argv[index + 1];
    const next =
      following === undefined || following === '--' || isFlag(following) ? undefined : following;
    const option = findOption(name, inline, table);
    if (option !== undefined) {
      const takesNext = inline === undefined && next !== undefined && option.takes(next);
      options.set(option.key, takesNext ? next : (inline ?? option.alone));
      if (takesNext) index++;
      continue;
    }
    const own = commandFlags().find(({ flag, short }) => name === `--${flag}` || name === short);
    const isAlone = own?.value === '';
    const value = isAlone ? 'true' : (inline ?? next);
    if (own === undefined) throw unknownOption(word, table, commandFlags());
    if (value === undefined) throw valueMissing(own);
    flags.set(own.flag, [...(flags.get(own.flag) ?? []), value]);
    if (inline === undefined && !isAlone) index++;
  }
  return { words, options, flags };
}

/** "-" means standard input, and a dash before anything but a letter belongs to a word: -5. */
function isFlag(word: string): boolean {
  return /^(?:-[A-Za-z]|--[^-])/.test(word);
}

function split(word: string): { name: string; inline: string | undefined } {
  if (!word.startsWith('--')) {
    return { name: word.slice(0, 2), inline: word.length > 2 ? word.slice(2) : undefined };
  }
  const equals = word.indexOf('=');
  if (equals === -1) return { name: word, inline: undefined };
  return { name: word.slice(0, equals), inline: word.slice(equals + 1) };
}

/** The option that a flag names. */
interface FoundOption {
  readonly key: string;
  /** Its value if the flag has none. */
  readonly alone: string;
  /** Whether the next word is its value. */
  takes(next: string): boolean;
}

function findOption(
  name: string,
  inline: string | undefined,
  table: OptionTable,
): FoundOption | undefined {
  for (const key in table) {
    const { flag, short, isSwitch, initial }: OptionRow = table[key as keyof OptionTable];
    const isBoolean = typeof initial === 'boolean';
    if (isBoolean && name === `--no-${flag}` && inline === undefined) {
      return { key, alone: 'false', takes: () => false };
    }
    // A letter takes no suffix: -help is not -h.
    if (name !== `--${flag}` && (name !== `-${short}` || inline !== undefined)) continue;
    const takes = (next: string): boolean =>
      !isSwitch && (!isBoolean || /^(?:true|false)$/i.test(next));
    return { key, alone: isBoolean ? 'true' : '', takes };
  }
  return undefined;
}

function unknownOption(
  word: string,
  table: OptionTable,
  commandFlags: readonly CommandFlag[],
): BarefnError {
  const { didYouMean } = require('../core/did-you-mean') as typeof import('../core/did-you-mean');
  // People also try the name of the variable: --function-target.
  const meant = new Map<string, string>();
  for (const { flag, env } of Object.values<OptionRow>(table)) {
    if (env !== undefined) meant.set(`--${env.toLowerCase().replaceAll('_', '-')}`, `--${flag}`);
  }
  for (const { flag } of [...Object.values<OptionRow>(table), ...commandFlags]) {
    meant.set(`--${flag}`, `--${flag}`);
  }
  const [name = word] = word.split('=', 1);
  const guess = didYouMean(name.startsWith('--') ? name : `-${name}`, meant.keys());
  const advice =
    guess === undefined
      ? 'For all options, see barefn --help.'
      : `Did you mean ${meant.get(guess)}?`;
  return new BarefnError('UNKNOWN_OPTION', `Unknown option ${name}. ${advice}`);
}

function valueMissing({ flag, value }: CommandFlag): BarefnError {
  return new BarefnError('INVALID_OPTION', `--${flag} needs a value: --${flag}=${value}`);
}
