import { BarefnError } from '../errors';
import { type Options, parseOptions } from '../options/options';
import { commandFlags } from './command-flags';
import { commandHelp } from './command-help';
import { type CommandLine, readCommandLine } from './command-line';
import { listEvents } from './events';
import { invokeFunction } from './invoke';
import type { Output } from './output';

/** A command that waits to be run. */
export type Command = (env: NodeJS.ProcessEnv, output: Output) => Promise<void>;

/**
 * The command that the first word which is no flag names, if it names one.
 *
 * @throws BarefnError `UNKNOWN_OPTION`, `INVALID_OPTION`
 */
export function findCommand(argv: readonly string[]): Command | undefined {
  const line = readCommandLine(argv);
  const [name] = line.words;
  if (name !== 'invoke' && name !== 'events') return undefined;
  return async (env, output) => {
    const options = parseOptions(line.serving, env);
    if (options.help) await output.result(`${commandHelp(name)}\n`);
    else await run(name, line, options, output);
  };
}

function run(
  name: 'invoke' | 'events',
  line: CommandLine,
  options: Options,
  output: Output,
): Promise<void> {
  for (const { flag, commands } of commandFlags()) {
    if (!line.flags.has(flag) || commands.includes(name)) continue;
    throw new BarefnError(
      'INVALID_OPTION',
      `--${flag} is no option of barefn ${name}. barefn ${name} --help lists those it has.`,
    );
  }
  return name === 'invoke'
    ? invokeFunction(line, options, output)
    : listEvents(line, options, output);
}
