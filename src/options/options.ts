import { type CommandLine, readArguments } from './arguments';
import { type OptionRow, type OptionTable, type OptionValue, optionTable } from './table';

type OptionValues = { readonly [Key in keyof OptionTable]: OptionValue<OptionTable[Key]> };

/** What the command line and the environment set. A flag beats its variable. */
export interface Options extends OptionValues {
  /** Whether a flag or a variable names the target. @default false */
  readonly targetGiven: boolean;
}

/**
 * Reads the options: flag, then environment, then default; an empty string counts as set. With
 * `--help` or `--version` all others have their defaults, so that a bad value does not hide the help.
 *
 * @throws BarefnError `INVALID_OPTION`
 */
export function readOptions({ options: flags }: CommandLine, env: NodeJS.ProcessEnv): Options {
  const table = optionTable();
  const asksHelp = asksForHelp(flags);
  const options: Record<string, unknown> = { targetGiven: false };
  for (const key in table) {
    const row: OptionRow = table[key as keyof OptionTable];
    const ignored = asksHelp && key !== 'help' && key !== 'version';
    const flag = ignored ? undefined : flags.get(key);
    const variable = ignored || row.env === undefined ? undefined : env[row.env];
    if (flag !== undefined) options[key] = row.read(flag, `--${row.flag}`);
    else if (variable !== undefined) options[key] = row.read(variable, row.env as string);
    else options[key] = row.initial;
    if (key === 'target') options['targetGiven'] = (flag ?? variable) !== undefined;
  }
  return options as unknown as Options;
}

/** Whether `--help` or `--version` is given, whatever else is. */
export function asksForHelp(flags: CommandLine['options']): boolean {
  return flags.has('help') || flags.has('version');
}

/**
 * Reads the options of serving.
 *
 * @param argv the arguments alone: `process.argv.slice(2)`
 * @throws BarefnError `INVALID_OPTION`, `UNKNOWN_OPTION`
 */
export function parseOptions(argv: readonly string[], env: NodeJS.ProcessEnv): Options {
  return readOptions(
    readArguments(argv, () => []),
    env,
  );
}
