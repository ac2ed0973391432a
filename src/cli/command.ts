import { existsSync } from 'node:fs';
import { didYouMean } from '../core/did-you-mean';
import { BarefnError } from '../core/errors';
import type { CommandLine } from '../options/arguments';
import { asksForHelp, type Options, readOptions } from '../options/options';
import { type OptionRow, optionTable } from '../options/table';
import { listEvents } from './events/events';
import { commandFlags } from './flags';
import { commandHelp } from './help';
import { invokeFunction } from './invoke/invoke';
import type { Output } from './output';

/** Runs a command. */
export type Command = (env: NodeJS.ProcessEnv, output: Output) => Promise<void>;

const COMMANDS = ['invoke', 'events', 'build'] as const;
/** What people type to serve, which needs no command. */
const SERVING = ['serve', 'start', 'run', 'dev'];

/**
 * Finds the command that the first word names. Undefined means to serve the function: there is no word,
 * or it is the path of the code.
 *
 * @throws BarefnError `UNKNOWN_COMMAND`, and `INVALID_OPTION` for surplus words or flags
 */
export function findCommand(line: CommandLine): Command | undefined {
  const name = COMMANDS.find((one) => one === line.words[0]);
  if (name !== undefined) {
    return async (env, output) => {
      const options = readOptions(name === 'build' ? withSource(line) : line, env);
      if (options.help) await output.result(`${commandHelp(name)}\n`);
      else await run(name, line, options, output);
    };
  }
  if (!asksForHelp(line.options)) checkServing(line);
  return undefined;
}

/** The word behind `build` is the path of the code, as in serving. */
function withSource(line: CommandLine): CommandLine {
  const [, source, more] = line.words;
  if (source === undefined) return line;
  if (more === undefined && !line.options.has('source')) {
    return { ...line, options: new Map([...line.options, ['source', source]]) };
  }
  throw new BarefnError(
    'INVALID_OPTION',
    `barefn build builds one source, and "${more ?? source}" is another. Pass one, as SOURCE or with --source.`,
  );
}

/** Serving takes no flags of commands and one word at most, the path of the code. */
function checkServing({ words, flags, options }: CommandLine): void {
  const [word, second] = words;
  if (word !== undefined && !isPath(word)) throw unknownCommand(word);
  const surplus = options.has('source') ? word : second;
  if (surplus !== undefined) {
    throw new BarefnError(
      'INVALID_OPTION',
      `barefn serves one source, and "${surplus}" is another. Pass one, as SOURCE or with --source.`,
    );
  }
  for (const { flag, commands } of commandFlags()) {
    if (!flags.has(flag)) continue;
    throw new BarefnError(
      'INVALID_OPTION',
      `--${flag} is an option of barefn ${commands.join(' and barefn ')}, not of barefn itself.`,
    );
  }
}

/** A word with a slash is a path even if nothing is there. */
function isPath(word: string): boolean {
  return existsSync(word) || /[/\\]/.test(word);
}

function unknownCommand(word: string): BarefnError {
  return new BarefnError('UNKNOWN_COMMAND', `"${word}" is not a command. ${adviceOn(word)}`);
}

function adviceOn(word: string): string {
  if (SERVING.includes(word)) return `To serve, leave "${word}" out.`;
  const command = didYouMean(word, COMMANDS);
  if (command !== undefined) return `Did you mean barefn ${command}?`;
  const flags = Object.values<OptionRow>(optionTable()).map(({ flag }) => flag);
  const flag = didYouMean(word.replace(/^-+/, ''), flags, 1);
  if (flag !== undefined) return `Did you mean --${flag}?`;
  return `Pass --target=${word} if it is a function, or --source=${word} if it is a path. For details, see barefn --help.`;
}

function run(
  name: (typeof COMMANDS)[number],
  line: CommandLine,
  options: Options,
  output: Output,
): Promise<void> {
  for (const { flag, commands } of commandFlags()) {
    if (!line.flags.has(flag) || commands.includes(name)) continue;
    throw new BarefnError(
      'INVALID_OPTION',
      `--${flag} is not an option of barefn ${name}. For its options, see barefn ${name} --help.`,
    );
  }
  switch (name) {
    case 'invoke':
      return invokeFunction(line, options, output);
    case 'events':
      return listEvents(line, options, output);
    case 'build':
      return builder().buildFunction(line, options, output);
  }
}

function builder(): typeof import('./build/build') {
  return require('./build/build') as typeof import('./build/build');
}
