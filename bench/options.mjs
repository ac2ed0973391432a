import { parseArgs } from 'node:util';

/**
 * @typedef {ReturnType<typeof readOptions>} Options
 */

/** What can be measured, in this order. */
export const experiments = ['cold-start', 'startup-split', 'heavy-start', 'throughput', 'scaling'];

/** Printed by `--help`. */
export const help = `Usage: npm run bench -- [options]

  --quick                 a first look, under 3 minutes on 2 cores; its intervals are wide
  --only=a,b              of: ${experiments.join(', ')}
  --subjects=a,b          of the catalogue (raw, the yardstick, is always there)
  --subject='name=cmd'    one more subject: a command that listens on $PORT; may be repeated
  --runtime=a,b           current, node@22, node@24, node@26, bun, deno (from npm); default current
  --samples=N             cold starts of each (30)
  --rounds=N              rounds of throughput (5)
  --seconds=N             of load in each round (2)
  --connections=N         of the closed loop (50; 10 for uploads)
  --rate=N                requests per second of the fixed-rate run (1000)
  --tool=autocannon|wrk   what drives the closed loop (autocannon)
  --profile=name          profile one subject under each load instead, into .cpuprofile files
  --drop-cache            drop the page cache before each cold start (Linux, root)
  --compare=old.json      say what changed beyond noise; exits 1 on a regression of barefn
  --update-readme         rewrite the tables between the markers in the README, and its plot
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
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  connections: { type: 'string' },
  rate: { type: 'string' },
  tool: { type: 'string', default: 'autocannon' },
  'drop-cache': { type: 'boolean', default: false },
  profile: { type: 'string' },
  compare: { type: 'string' },
  'update-readme': { type: 'boolean', default: false },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
});

/**
 * Reads the command line.
 * @param {string[]} argv
 */
export function readOptions(argv) {
  const { values } = parseArgs({ args: argv, options: flags });
  const named = list(values.only) ?? experiments;
  const unknown = named.find((name) => !experiments.includes(name));
  if (unknown)
    throw new Error(`There is no experiment "${unknown}". Pick from: ${experiments.join(', ')}.`);
  if (!['autocannon', 'wrk'].includes(values.tool)) throw new Error('--tool is autocannon or wrk.');
  return {
    help: values.help,
    quick: values.quick,
    only: experiments.filter((name) => named.includes(name)),
    subjects: list(values.subjects),
    extraSubjects: values.subject,
    runtimes: list(values.runtime) ?? ['current'],
    tool: values.tool,
    dropCache: values['drop-cache'],
    profile: values.profile,
    compare: values.compare,
    updateReadme: values['update-readme'],
    out: values.out,
    startTimeout: 20_000,
    ...sizes(values.quick, values),
  };
}

/** How much is measured. @type {(quick: boolean, given: Record<string, unknown>) => ReturnType<typeof full>} */
function sizes(quick, given) {
  const base = quick ? { ...full(), ...quickly } : full();
  const number = (/** @type {string} */ name, /** @type {number} */ preset) => {
    if (given[name] === undefined) return preset;
    const value = Number(given[name]);
    if (!(value > 0)) throw new Error(`--${name}=${given[name]} is not a positive number.`);
    return value;
  };
  return {
    ...base,
    samples: number('samples', base.samples),
    rounds: number('rounds', base.rounds),
    seconds: number('seconds', base.seconds),
    connections: number('connections', base.connections),
    rate: number('rate', base.rate),
  };
}

function full() {
  return {
    samples: 30,
    splitSamples: 10,
    heavySamples: 15,
    rounds: 5,
    seconds: 2,
    warmUpSeconds: 1,
    heatUpSeconds: 0.5,
    connections: 50,
    rate: 1000,
    concurrencies: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
    bodySizes: [1024, 10_240, 102_400, 1_048_576, 10_485_760],
    scalingSubjects: ['raw', 'barefn', 'functions-framework', 'fastify', 'hono'],
    scalingRounds: 3,
    scalingSeconds: 1,
  };
}

const quickly = {
  samples: 8,
  splitSamples: 2,
  heavySamples: 3,
  rounds: 2,
  seconds: 0.2,
  warmUpSeconds: 0.1,
  heatUpSeconds: 0.2,
  rate: 500,
  concurrencies: [1, 10, 100, 1000],
  bodySizes: [1024, 102_400, 10_485_760],
  scalingSubjects: ['raw', 'barefn', 'functions-framework'],
  scalingRounds: 1,
  scalingSeconds: 0.2,
};

/** @type {(text: string | undefined) => string[] | undefined} */
function list(text) {
  return text
    ?.split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
