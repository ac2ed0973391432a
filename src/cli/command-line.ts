import { type CommandLine, readArguments } from '../options/arguments';
import { type Options, readOptions } from '../options/options';
import { fail, print, printWhole } from './terminal';

/** A command line that asks to serve. */
export interface Serving {
  readonly line: CommandLine;
  readonly options: Options;
}

/**
 * Reads any command line. Undefined when it asks for something else than to serve, which is done or
 * begun: a command, the help or the version.
 *
 * @throws BarefnError `INVALID_OPTION`, `UNKNOWN_OPTION`, `UNKNOWN_COMMAND`
 */
export function readCommandLine(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Serving | undefined {
  const line = readArguments(argv, commandFlags);
  if (line.words.length + line.flags.size > 0 && runCommand(line, env)) return undefined;
  const options = readOptions(withSource(line), env);
  if (options.help) print(help());
  else if (options.version) print(`barefn ${version()}`);
  else return { line, options };
  return undefined;
}

/** Runs the command that the first word names. False when there is none. */
function runCommand(line: CommandLine, env: NodeJS.ProcessEnv): boolean {
  const { findCommand } = require('./command') as typeof import('./command');
  const command = findCommand(line);
  if (command === undefined) return false;
  command(env, { result: printWhole, note: (text) => console.error(text) }).catch(fail);
  return true;
}

/** Without a command, a word is the path of the code. */
function withSource(line: CommandLine): CommandLine {
  const [source] = line.words;
  if (source === undefined) return line;
  return { ...line, options: new Map([...line.options, ['source', source]]) };
}

function help(): string {
  return (require('../options/help') as typeof import('../options/help')).helpText();
}

function version(): string {
  return (require('../../package.json') as { version: string }).version;
}

function commandFlags(): ReturnType<typeof import('./flags').commandFlags> {
  return (require('./flags') as typeof import('./flags')).commandFlags();
}
