import { BarefnError } from '../core/errors';
import type { Options } from '../options/options';

/** How the command was called. */
interface Call {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** The error of a server that cannot listen, with what to do about it. */
export function listenFailure(
  cause: NodeJS.ErrnoException,
  { port, host }: Pick<Options, 'port' | 'host'>,
  call: Call,
): BarefnError {
  const where = host === undefined ? `port ${port}` : `${host}, port ${port}`;
  const why = adviceOnListenError(cause, port, call) ?? cause.message;
  return new BarefnError('CANNOT_LISTEN', `Cannot listen on ${where}: ${why}`, { cause });
}

function adviceOnListenError(
  { code }: NodeJS.ErrnoException,
  port: number,
  call: Call,
): string | undefined {
  const run = runOfScript(call);
  switch (code) {
    case 'EADDRINUSE':
      return run === undefined
        ? 'it is in use. Stop the other program, or pass --port=0 for a free one.'
        : `it is in use. Stop the other program, or take another port: ${run(port === 3000 ? 3001 : 3000)}`;
    case 'EACCES':
      return run === undefined
        ? 'that is not permitted. Pass a port above 1023, e.g. --port=8080.'
        : `that is not permitted. Take a port above 1023: ${run(8080)}`;
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return 'this machine has no such address. Check --host and HOST.';
    default:
      return undefined;
  }
}

/**
 * How to run the current script of package.json with another port. `npm start` passes no flag on to the
 * command; a variable works, unless the script sets the flag.
 */
function runOfScript({ argv, env }: Call): ((port: number) => string) | undefined {
  const { npm_lifecycle_event: script, npm_lifecycle_script: text } = env;
  // npx has a name of its own. Scripts such as test may start the command somewhere inside.
  if (!script || script === 'npx') return undefined;
  if (text !== undefined && !/barefn|functions-framework|cli\.js/.test(text)) return undefined;
  const manager = /^(pnpm|yarn|bun)\//.exec(env['npm_config_user_agent'] ?? '')?.[1] ?? 'npm';
  const run = script === 'start' ? `${manager} start` : `${manager} run ${script}`;
  if (argv.some((word) => /^--port(?:=|$)/.test(word))) {
    // The others pass all words on, and the dashes too.
    return (port) => `${run}${manager === 'npm' ? ' --' : ''} --port=${port}`;
  }
  return (port) =>
    process.platform === 'win32' ? `set PORT=${port}&& ${run}` : `PORT=${port} ${run}`;
}
