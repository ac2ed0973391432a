import { parseArgs } from 'node:util';
import { clientNames } from './workloads/clients.mjs';
import { workloadNames } from './workloads/index.mjs';

/**
 * @typedef {ReturnType<typeof readOptions>} Options
 */

/** What can be measured, in this order. */
export const experiments = [
  'cold-start',
  'startup-split',
  'heavy-start',
  'counts',
  'small-machine',
  'throughput',
  'fixed-rate',
  'http2',
  'scaling',
  'growth',
];

/** What is measured on every runtime where nothing else is named; the rest on the first one only. */
const onEveryRuntime = {
  subjects: ['barefn', 'functions-framework', 'barefn-fetch', 'barefn-hono', 'hono'],
  workloads: ['hello', 'echo', 'event-binary'],
};

/** One of usual size, a large one, and a small one. */
const usualClients = ['storage', 'firestore', 'small'];

/** Printed by `--help`. */
export const help = `Usage: npm run bench -- [options]

  --quick                 a first look in under 3 minutes: few subjects, cold starts and 3 workloads
  --minutes=N             how long the run may take (40, and 3 for each further runtime; quick 2.2);
                          more gives narrower intervals
  --only=a,b              of: ${experiments.join(', ')}
  --subjects=a,b          of the catalogue; raw, which all others are compared with, is always there;
                          workerd, which is a runtime, is measured only where it is named
  --subject='name=cmd'    one more subject: a command that listens on $PORT; may be repeated
  --workloads=a,b         of: ${workloadNames.join(', ')}
  --runtime=a,b           current, node@22, node@24, node@26, bun, deno (from npm); default current;
                          on all but the first run the subjects and workloads that you name, or
                          ${onEveryRuntime.subjects.join(', ')}
                          with ${onEveryRuntime.workloads.join(', ')}
  --samples=N             cold starts of each at most (50)
  --processes=N           processes of each subject that are loaded, at most (10)
  --seconds=N             of load in each slice (0.06)
  --connections=N         of the closed loop (32; fewer for large bodies)
  --rate=N                requests per second of the fixed-rate run (1000)
  --cpu=a,b               quotas of the small machine, in cores (1, 0.5); sets --only=small-machine
  --memory=256mb          its memory (256mb)
  --clients=a,b           whose functions heavy-start starts (storage, firestore, small), of:
                          ${clientNames.join(', ')}; sets --only=heavy-start
  --valgrind              count instructions with valgrind where perf cannot; it takes minutes
  --self-test             check the benchmark itself: equal programs, and slower ones (10 minutes)
  --tool=undici|wrk       what drives the closed loop (undici)
  --profile=name          profile one subject under each load instead, into .cpuprofile files
  --no-priority           compete with other programs as an equal, also as root
  --drop-cache            drop the page cache before each cold start (Linux, root)
  --compare=old.json      compare with that result, not with the last; exits 1 where barefn got worse
  --holds=careful.json    say how many of the intervals that are shown hold the ratios of that run
  --update-readme         rewrite the tables between the markers in the README, and its plot
  --from=file.json        make the reports of an earlier result again, and measure nothing
  --out=folder            where the reports go (bench/results)
  --help
`;

const flags = /** @type {const} */ ({
  quick: { type: 'boolean', default: false },
  only: { type: 'string' },
  subjects: { type: 'string' },
  subject: { type: 'string', multiple: true, default: /** @type {string[]} */ ([]) },
  runtime: { type: 'string', default: 'current' },
  samples: { type: 'string' },
  minutes: { type: 'string' },
  processes: { type: 'string' },
  workloads: { type: 'string' },
  seconds: { type: 'string' },
  connections: { type: 'string' },
  rate: { type: 'string' },
  tool: { type: 'string', default: 'undici' },
  cpu: { type: 'string' },
  memory: { type: 'string', default: '256mb' },
  clients: { type: 'string' },
  valgrind: { type: 'boolean', default: false },
  'self-test': { type: 'boolean', default: false },
  'no-priority': { type: 'boolean', default: false },
  'drop-cache': { type: 'boolean', default: false },
  profile: { type: 'string' },
  compare: { type: 'string' },
  holds: { type: 'string' },
  'update-readme': { type: 'boolean', default: false },
  from: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
});

/**
 * Reads the command line.
 * @param {string[]} argv
 */
export function readOptions(argv) {
  const { values } = parseArgs({ args: argv, options: flags });
  const usually = values.quick ? quickly : { experiments, subjects: undefined, workloadNames };
  const runtimes = list(values.runtime) ?? ['current'];
  const named = pick(
    'experiment',
    list(values.only) ?? impliedBy(values) ?? usually.experiments,
    experiments,
  );
  if (!['undici', 'wrk'].includes(values.tool)) throw new Error('--tool is undici or wrk.');
  return {
    help: values.help,
    quick: values.quick,
    only: experiments.filter((name) => named.includes(name)),
    subjects: list(values.subjects) ?? usually.subjects,
    everywhere: {
      subjects: ['raw', ...(list(values.subjects) ?? onEveryRuntime.subjects)],
      workloads: list(values.workloads) ?? onEveryRuntime.workloads,
    },
    workloads: pick('workload', list(values.workloads) ?? usually.workloadNames, workloadNames),
    extraSubjects: values.subject,
    runtimes,
    tool: values.tool,
    cpus: (list(values.cpu) ?? ['1', '0.5']).map((text) => positive('cpu', text)),
    memoryMb: positive('memory', values.memory.replace(/mi?b?$/i, '')),
    clients: pick('client', list(values.clients) ?? usualClients, clientNames),
    valgrind: values.valgrind,
    selfTest: values['self-test'],
    priority: !values['no-priority'],
    dropCache: values['drop-cache'],
    profile: values.profile,
    compare: values.compare,
    holds: values.holds,
    updateReadme: values['update-readme'],
    from: values.from,
    out: values.out,
    startTimeout: 20_000,
    ...sizes(values.quick, { minutes: usualMinutes(values, runtimes), ...values }),
  };
}

/** @type {(values: { quick: boolean, 'self-test': boolean }, runtimes: string[]) => number} */
function usualMinutes(values, runtimes) {
  if (values['self-test']) return 10;
  return values.quick ? 2.2 : 40 + 3 * (runtimes.length - 1);
}

/** The experiments that options ask for. @param {{ cpu?: string, clients?: string }} values */
function impliedBy({ cpu, clients }) {
  const names = [...(clients ? ['heavy-start'] : []), ...(cpu ? ['small-machine'] : [])];
  return names.length > 0 ? names : undefined;
}

/** Those named, unless one is unknown. @type {(kind: string, names: string[], known: string[]) => string[]} */
function pick(kind, names, known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no ${kind} "${unknown}". Pick from: ${known.join(', ')}.`);
  return names;
}

/** How much is measured. @type {(quick: boolean, given: Record<string, unknown>) => ReturnType<typeof full> & { minutes: number }} */
function sizes(quick, given) {
  const base = { ...full(), ...(quick && quickly.sizes) };
  const number = (/** @type {string} */ name, /** @type {number} */ preset) => {
    return given[name] === undefined ? preset : positive(name, String(given[name]));
  };
  return {
    ...base,
    minutes: positive('minutes', String(given.minutes)),
    samples: number('samples', base.samples),
    processes: number('processes', base.processes),
    seconds: number('seconds', base.seconds),
    connections: number('connections', base.connections),
    rate: number('rate', base.rate),
  };
}

/** @type {(name: string, text: string) => number} */
function positive(name, text) {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name}=${text} is not a positive number.`);
  return value;
}

function full() {
  return {
    samples: 50,
    splitSamples: 12,
    heavySamples: 20,
    fewestProcesses: 5,
    processes: 10,
    warmUpRequests: 12_000,
    warmUpSeconds: 2,
    slices: 8,
    seconds: 0.06,
    fixedRateSeconds: 0.5,
    connections: 32,
    rate: 1000,
    http2Requests: 4000,
    concurrencies: [1, 10, 100, 1000, 10_000],
    bodySizes: [1024, 32_768, 1_048_576, 33_554_432],
    growthSizes: [1, 100, 300, 1000],
    idleConnections: [100, 1000, 3000, 10_000],
    scalingSubjects: ['raw', 'barefn', 'functions-framework', 'fastify'],
  };
}

const quickly = {
  experiments: ['cold-start', 'throughput'],
  subjects: ['raw', 'barefn', 'functions-framework', 'fastify', 'hono'],
  workloadNames: ['hello', 'echo', 'event-binary'],
  sizes: {
    splitSamples: 3,
    heavySamples: 6,
    rate: 500,
  },
};

/** @type {(text: string | undefined) => string[] | undefined} */
function list(text) {
  return text
    ?.split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
