import type { SignatureType } from '../core/registry';
import type { TrustProxy } from '../http/request/trust-proxy';
import { type CommandLine, readArguments } from './arguments';
import { type OptionRow, type OptionTable, optionTable } from './table';

/** What the command line and the environment decide. A flag beats its variable. */
export interface Options {
  /** The TCP port; 0 lets the system choose. @default 8080 */
  readonly port: number;
  /** The address to listen on. @default undefined: all interfaces, IPv6 and IPv4 */
  readonly host: string | undefined;
  /** The function to serve: a registered name or a dotted path of exports. @default 'function' */
  readonly target: string;
  /** Whether the target was named by flag or environment. @default false */
  readonly targetGiven: boolean;
  /** Absolute path of the module or directory that defines it. @default the current directory */
  readonly source: string;
  /** How the function is called unless it registered itself. @default 'http' */
  readonly signatureType: SignatureType;
  /** Seconds until a request is answered with 504; 0 = never. @default 0 */
  readonly timeout: number;
  /** Routes answered with 404: null = the default ones, blank = none. @default null */
  readonly ignoredRoutes: string | null;
  /** Whether each line logged by a request becomes JSON with its execution id. @default false */
  readonly logExecutionId: boolean;
  /** Most bytes of a request body after inflating. @default 33554432 */
  readonly bodyLimit: number;
  /** Seconds that requests and hooks have to end after SIGTERM. @default 8 */
  readonly shutdownTimeout: number;
  /** Seconds after which an event is acknowledged without being handled; 0 = never. @default 0 */
  readonly maxEventAge: number;
  /** Origins that may deliver events after the webhook handshake, or `*`. @default null: no handshake */
  readonly webhookAllowedOrigins: string | null;
  /** Seconds that a client has to send the head of a request; 0 = any. @default undefined: 60 */
  readonly headersTimeout: number | undefined;
  /** Seconds that a client has to send a whole request; 0 = any. @default undefined: 300 */
  readonly requestTimeout: number | undefined;
  /** Seconds that an idle connection stays open for the next request; 0 = any. @default undefined: 5 */
  readonly keepAliveTimeout: number | undefined;
  /** Most requests at a time, others get 429; 0 = any number. @default undefined: any number */
  readonly maxConcurrency: number | undefined;
  /** Whose `X-Forwarded-…` fields are believed: all, so many hops, addresses. @default undefined: all */
  readonly trustProxy: TrustProxy | undefined;
  /** The version of Express to be like. @default undefined: what package.json asks for, or 5 */
  readonly express: 4 | 5 | undefined;
  /** Whether HTTP/2 with prior knowledge is served on the same port. @default false */
  readonly http2: boolean;
  /** A path that is answered without the function. @default null: none */
  readonly healthPath: string | null;
  /** Whether to say on stderr where the time to start went. @default false */
  readonly startupReport: boolean;
  /** Absolute path of Node's cache of compiled code. @default null: what NODE_COMPILE_CACHE says */
  readonly compileCache: string | null;
  /** Whether to load the function, say what was found, and exit. @default false */
  readonly verify: boolean;
  /** Whether work that an event function leaves running is reported in development. @default true */
  readonly warnUnfinished: boolean;
  /** Whether to start anew when the code changes. @default false */
  readonly watch: boolean;
  /** Whether to print the help text and exit. @default false */
  readonly help: boolean;
  /** Whether to print the version and exit. @default false */
  readonly version: boolean;
}

/**
 * Reads the options: flag, then environment, then default; an empty string counts as set. With
 * `--help` or `--version` everything else is the default, so that a bad value is no obstacle.
 *
 * @throws BarefnError `INVALID_OPTION`
 */
export function readOptions({ options: flags }: CommandLine, env: NodeJS.ProcessEnv): Options {
  const table = optionTable();
  const informs = asksForHelp(flags);
  const options: Record<string, unknown> = { targetGiven: false };
  for (const key in table) {
    const row: OptionRow = table[key as keyof OptionTable];
    const ignored = informs && key !== 'help' && key !== 'version';
    const flag = ignored ? undefined : flags.get(key);
    const variable = ignored || row.env === undefined ? undefined : env[row.env];
    if (flag !== undefined) options[key] = row.read(flag, `--${row.flag}`);
    else if (variable !== undefined) options[key] = row.read(variable, row.env as string);
    else options[key] = row.initial;
    if (key === 'target') options['targetGiven'] = (flag ?? variable) !== undefined;
  }
  return options as unknown as Options;
}

/** Whether the text of `--help` or `--version` is asked for, whatever else is given. */
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
