import { resolve } from 'node:path';
import type { SignatureType } from '../core/registry';
import type { Options } from './options';

/** The flags of a usual start and their variables. */
const VARIABLES = {
  '--target': 'FUNCTION_TARGET',
  '--source': 'FUNCTION_SOURCE',
  '--signature-type': 'FUNCTION_SIGNATURE_TYPE',
  '--port': 'PORT',
  '--log-execution-id': 'LOG_EXECUTION_ID',
} as const;

type Given = { -readonly [Flag in keyof typeof VARIABLES]?: string | undefined };

/**
 * Reads the options of a usual start: nothing is set but the target, the source, its signature, the port
 * and whether logs name executions. Undefined when there is anything else, or a value that may be wrong:
 * the table of options says what it means.
 *
 * gain: 4 M of 165 M instructions to the first answer, because the table and its parsers are not loaded.
 */
export function readUsualOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Options | undefined {
  const given = hasOtherVariables(env) ? undefined : readFlags(argv);
  if (given === undefined) return undefined;
  for (const flag of Object.keys(VARIABLES) as (keyof Given)[]) {
    given[flag] ??= env[VARIABLES[flag]];
  }
  const { '--port': port = '8080', '--signature-type': type = 'http', '--target': target } = given;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535 || !isSignatureType(type)) return undefined;
  return {
    ...defaults(),
    target: target ?? 'function',
    targetGiven: target !== undefined,
    source: resolve(given['--source'] ?? ''),
    signatureType: type,
    port: Number(port),
    logExecutionId: given['--log-execution-id']?.toLowerCase() === 'true',
  };
}

/** Whether a variable sets an option that this file does not read. */
function hasOtherVariables(env: NodeJS.ProcessEnv): boolean {
  const usual: readonly string[] = Object.values(VARIABLES);
  // Object.keys would ask the environment for each variable once more.
  return Object.getOwnPropertyNames(env).some((name) => isOption(name) && !usual.includes(name));
}

/** The names that Google's package gave to variables, and the prefix of all others. */
function isOption(name: string): boolean {
  return (
    name.startsWith('FUNCTION_') ||
    name === 'HOST' ||
    name === 'IGNORED_ROUTES' ||
    name === 'CLOUD_RUN_TIMEOUT_SECONDS'
  );
}

/** Reads `--name=value` and `--name value`. */
function readFlags(argv: readonly string[]): Given | undefined {
  const given: Given = {};
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] as string;
    const equals = word.indexOf('=');
    const name = equals === -1 ? word : word.slice(0, equals);
    const value = equals === -1 ? argv[++index] : word.slice(equals + 1);
    if (!(name in VARIABLES) || value === undefined) return undefined;
    if (equals === -1 && (value.startsWith('-') || name === '--log-execution-id')) return undefined;
    given[name as keyof Given] = value;
  }
  return given;
}

function isSignatureType(type: string): type is SignatureType {
  return ['http', 'cloudevent', 'event', 'typed', 'web'].includes(type);
}

/** The defaults of the table, which a test compares. */
function defaults(): Omit<Options, 'source'> {
  return {
    target: 'function',
    targetGiven: false,
    signatureType: 'http',
    port: 8080,
    host: undefined,
    timeout: 0,
    shutdownTimeout: 8,
    bodyLimit: 33_554_432,
    ignoredRoutes: null,
    logExecutionId: false,
    maxEventAge: 0,
    webhookAllowedOrigins: null,
    headersTimeout: undefined,
    requestTimeout: undefined,
    keepAliveTimeout: undefined,
    maxConcurrency: undefined,
    trustProxy: undefined,
    express: undefined,
    http2: false,
    healthPath: null,
    workers: 1,
    exactIntegers: false,
    nativeWeb: false,
    startupReport: false,
    compileCache: null,
    verify: false,
    warnUnfinished: true,
    watch: false,
    version: false,
    help: false,
  };
}
