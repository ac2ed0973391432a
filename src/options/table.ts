import {
  readAge,
  readBoolean,
  readCount,
  readDirectory,
  readExpress,
  readPath,
  readPort,
  readProxies,
  readRoutes,
  readSeconds,
  readSignatureType,
  readSize,
  readText,
  readTimeout,
  readWorkers,
} from './parsers';

/**
 * The table of options. To add one, add a row here, its text in texts.ts and its default in usual.ts,
 * which do not compile without them. The types, flags, variables, `--help` and the README's table (`npm run docs`) follow.
 *
 * The texts, which say what an option means and in which unit, have a file of their own because this
 * one is compiled at each start: 35 µs a KB, comments in the table included.
 */
export function optionTable(): OptionTable {
  table ??= makeTable();
  return table;
}

let table: OptionTable | undefined;

function makeTable() {
  return {
    target: { flag: 'target', env: 'FUNCTION_TARGET', initial: 'function', read: readText },
    source: {
      flag: 'source',
      env: 'FUNCTION_SOURCE',
      initial: process.cwd(),
      read: readDirectory,
    },
    signatureType: {
      flag: 'signature-type',
      env: 'FUNCTION_SIGNATURE_TYPE',
      initial: 'http',
      read: readSignatureType,
    },
    port: { flag: 'port', env: 'PORT', initial: 8080, read: readPort },
    host: { flag: 'host', env: 'HOST', initial: undefined, read: readText },
    timeout: { flag: 'timeout', env: 'CLOUD_RUN_TIMEOUT_SECONDS', initial: 0, read: readTimeout },
    shutdownTimeout: {
      flag: 'shutdown-timeout',
      env: 'FUNCTION_SHUTDOWN_TIMEOUT',
      initial: 8,
      read: readSeconds,
    },
    bodyLimit: {
      flag: 'body-limit',
      env: 'FUNCTION_BODY_LIMIT',
      initial: 32 * 1024 * 1024,
      read: readSize,
    },
    exactIntegers: {
      flag: 'exact-integers',
      env: 'FUNCTION_EXACT_INTEGERS',
      initial: false,
      read: readBoolean,
    },
    ignoredRoutes: {
      flag: 'ignored-routes',
      env: 'IGNORED_ROUTES',
      initial: null,
      read: readRoutes,
    },
    logExecutionId: {
      flag: 'log-execution-id',
      env: 'LOG_EXECUTION_ID',
      initial: false,
      read: readBoolean,
    },
    maxEventAge: {
      flag: 'max-event-age',
      env: 'FUNCTION_MAX_EVENT_AGE',
      initial: 0,
      read: readAge,
    },
    webhookAllowedOrigins: {
      flag: 'webhook-allowed-origins',
      env: 'FUNCTION_WEBHOOK_ALLOWED_ORIGINS',
      initial: null,
      read: readText,
    },
    headersTimeout: {
      flag: 'headers-timeout',
      env: 'FUNCTION_HEADERS_TIMEOUT',
      initial: undefined,
      read: readSeconds,
    },
    requestTimeout: {
      flag: 'request-timeout',
      env: 'FUNCTION_REQUEST_TIMEOUT',
      initial: undefined,
      read: readSeconds,
    },
    keepAliveTimeout: {
      flag: 'keep-alive-timeout',
      env: 'FUNCTION_KEEP_ALIVE_TIMEOUT',
      initial: undefined,
      read: readSeconds,
    },
    maxConcurrency: {
      flag: 'max-concurrency',
      env: 'FUNCTION_MAX_CONCURRENCY',
      initial: undefined,
      read: readCount,
    },
    trustProxy: {
      flag: 'trust-proxy',
      env: 'FUNCTION_TRUST_PROXY',
      initial: undefined,
      read: readProxies,
    },
    workers: { flag: 'workers', env: 'FUNCTION_WORKERS', initial: 1, read: readWorkers },
    express: {
      flag: 'express',
      env: 'FUNCTION_EXPRESS',
      initial: undefined,
      read: readExpress,
    },
    http2: { flag: 'http2', env: 'FUNCTION_HTTP2', initial: false, read: readBoolean },
    healthPath: { flag: 'health-path', env: 'FUNCTION_HEALTH_PATH', initial: null, read: readPath },
    startupReport: {
      flag: 'startup-report',
      env: 'FUNCTION_STARTUP_REPORT',
      initial: false,
      read: readBoolean,
    },
    nativeWeb: {
      flag: 'native-web',
      env: 'FUNCTION_NATIVE_WEB',
      initial: false,
      read: readBoolean,
    },
    compileCache: { flag: 'compile-cache', initial: null, read: readDirectory },
    verify: { flag: 'verify', initial: false, read: readBoolean, isSwitch: true },
    warnUnfinished: {
      flag: 'warn-unfinished',
      env: 'FUNCTION_WARN_UNFINISHED',
      initial: true,
      read: readBoolean,
    },
    watch: { flag: 'watch', initial: false, read: readBoolean, isSwitch: true },
    version: { flag: 'version', short: 'v', initial: false, read: readBoolean, isSwitch: true },
    help: { flag: 'help', short: 'h', initial: false, read: readBoolean, isSwitch: true },
  } satisfies Record<string, OptionRow>;
}

/** One option: where it comes from and how it is read. */
export interface OptionRow {
  /** The flag without its dashes. */
  readonly flag: string;
  /** A one-letter form of the flag. */
  readonly short?: string;
  /**
   * The environment variable. Those that Google's package does not know begin with `FUNCTION_`, so
   * that a variable that a program uses for itself cannot change its server.
   */
  readonly env?: string;
  /** Whether the flag takes no value. */
  readonly isSwitch?: boolean;
  /** The value when neither flag nor variable is set; null or undefined where the text says what holds. */
  readonly initial: unknown;
  /** Reads the value of a flag, a variable or an embedding program's option; see parsers.ts. */
  readonly read: (value: unknown, name: string) => unknown;
}

export type OptionTable = ReturnType<typeof makeTable>;

/** The value of an option: what its parser returns, or its default where that is nothing. */
export type OptionValue<Row extends OptionRow> =
  | ReturnType<Row['read']>
  | Extract<Row['initial'], null | undefined>;
