import { BarefnError } from '../errors';
import type { TrustProxy } from '../http/trust-proxy';
import type { SignatureType } from '../registry';
import { type OptionRow, type OptionTable, optionTable } from './option-table';

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
  /** Most requests at a time, others get 429; 0 = any number. @default undefined: any number */
  readonly maxConcurrency: number | undefined;
  /** Whose `X-Forwarded-…` fields are believed: all, so many hops, addresses. @default undefined: all */
  readonly trustProxy: TrustProxy | undefined;
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
  /** Words that are no flags. Ignored, except for the name of a command. @default [] */
  readonly positionals: readonly string[];
}

/**
 * Reads the options: flag, then environment, then default; an empty string counts as set. With
 * `--help` or `--version` everything else is the default, so that a bad value is no obstacle.
 *
 * @param argv the arguments alone: `process.argv.slice(2)`
 * @throws BarefnError `INVALID_OPTION`, `UNKNOWN_OPTION`
 */
export function parseOptions(argv: readonly string[], env: NodeJS.ProcessEnv): Options {
  const table = optionTable();
  const { flags, positionals } = scan(argv, table);
  const informs = flags.has('help') || flags.has('version');
  const options: Record<string, unknown> = { positionals, targetGiven: false };
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

function scan(
  argv: readonly string[],
  table: OptionTable,
): { flags: Map<string, string>; positionals: string[] } {
  const flags = new Map<string, string>();
  const positionals: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] as string;
    if (word === '--') {
      positionals.push(...argv.slice(index + 1));
      break;
    }
    if (!isFlag(word)) {
      positionals.push(word);
      continue;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const [key, row, negated] = findRow(equals === -1 ? word : word.slice(0, equals), table);
    const next = argv[index + 1];
    if (negated) {
      flags.set(key, 'false');
    } else if (equals !== -1) {
      flags.set(key, word.slice(equals + 1));
    } else if (!row.isSwitch && next !== undefined && !isFlag(next) && next !== '--') {
      flags.set(key, next);
      index++;
    } else {
      flags.set(key, typeof row.initial === 'boolean' ? 'true' : '');
    }
  }
  return { flags, positionals };
}

// As in minimist, which Google's package uses: "-" and "---x" are words.
function isFlag(word: string): boolean {
  const first = word.startsWith('--') ? word[2] : word[1];
  return word.startsWith('-') && first !== undefined && first !== '-';
}

function findRow(word: string, table: OptionTable): [string, OptionRow, boolean] {
  const name = word.slice(word.startsWith('--') ? 2 : 1);
  const isShort = name.length === word.length - 1;
  for (const key in table) {
    const row: OptionRow = table[key as keyof OptionTable];
    if (name === (isShort ? row.short : row.flag)) return [key, row, false];
    if (typeof row.initial === 'boolean' && word === `--no-${row.flag}`) return [key, row, true];
  }
  const { nearest } = require('../nearest') as typeof import('../nearest');
  const flags = Object.values<OptionRow>(table).map((row) => `--${row.flag}`);
  const guess = nearest(word.startsWith('--') ? word : `-${word}`, flags);
  const advice = guess === undefined ? 'barefn --help lists them all.' : `Did you mean ${guess}?`;
  throw new BarefnError('UNKNOWN_OPTION', `Unknown option ${word}. ${advice}`);
}
