import path from 'node:path';
import { BarefnError } from '../../core/errors';
import type { SignatureType } from '../../core/registry';
import { messageOf } from '../../core/thrown';
import { type CommandLine, readArguments } from '../../options/arguments';
import type { InvokeRequest } from '../../server/inject';
import { callForms } from '../call-forms';
import { commandFlags } from '../flags';
import { prepareRequest } from '../invoke/request';
import { findDifference } from './answers';
import { type Answer, ServedChild } from './process';

export interface WarmUpSettings {
  /** The file that calls `runChild`. */
  readonly file: string;
  /** The options of the command, for all processes. */
  readonly flags: readonly string[];
  /** The requests, each as the words of `barefn invoke`. Without any, one that fits is sent. */
  readonly requests: readonly CommandLine[];
  /** Tells what happens. */
  note(text: string): void;
}

/** What the warm-up showed. */
export interface WarmUp {
  readonly hasCache: boolean;
  /** The statuses of the answers. */
  readonly statuses: readonly number[];
  /** Why answers were not compared; undefined if they were. */
  readonly notCompared: string | undefined;
}

/** An answer may differ by chance, e.g. when a service did not answer: a difference has to come twice. */
const TRIES = 2;

/**
 * Calls the bundle, and then lets it write V8's compiled code. The source gets each request before and
 * after the bundle, in two processes.
 *
 * @throws BarefnError `BUILD_FAILED` when the bundle does not start or answers differently
 */
export async function warmUp(settings: WarmUpSettings): Promise<WarmUp> {
  const children: ServedChild[] = [];
  const open = (kind: string): ServedChild => {
    const child = new ServedChild([settings.file, kind, ...settings.flags]);
    children.push(child);
    return child;
  };
  try {
    // One after the other, so that also what is set at the start is between the two.
    const before = open('source');
    const notCompared = await startSource(before, settings);
    const bundle = open('bundle');
    const type = await startBundle(bundle);
    const after = notCompared === undefined ? open('source') : undefined;
    await after?.start();
    const requests = await requestsFor(type, settings.requests);
    const statuses: number[] = [];
    for (const request of requests) {
      const answer =
        after === undefined
          ? await bundle.ask(request)
          : await compare(request, [before, bundle, after]);
      statuses.push(answer.status);
    }
    const hasCache = await bundle.end();
    await Promise.all([before, after].map((child) => child?.end()));
    return { hasCache, statuses, notCompared };
  } finally {
    for (const child of children) child.kill();
  }
}

/** Starts the source. Returns why it cannot be compared: Node may not run TypeScript. */
async function startSource(
  child: ServedChild,
  { flags }: WarmUpSettings,
): Promise<string | undefined> {
  try {
    await child.start();
    return undefined;
  } catch (error) {
    const isTypeScript = flags.some((flag) => /^--source=.*\.[cm]?tsx?$/.test(flag));
    if (isTypeScript) return `Node ${process.version} does not run the source, which is TypeScript`;
    throw failed('The function does not start without a build, either.', messageOf(error));
  }
}

async function startBundle(child: ServedChild): Promise<SignatureType> {
  try {
    return await child.start();
  } catch (error) {
    throw failed(
      'The function starts from its source, but not from one file. Leave the package that the error names outside with --external=NAME.',
      messageOf(error),
    );
  }
}

async function requestsFor(
  type: SignatureType,
  lines: readonly CommandLine[],
): Promise<InvokeRequest[]> {
  const { example, carries } = callForms[type];
  if (lines.length === 0 && carries === 'json' && example !== undefined) {
    const headers = { 'content-type': example.mediaType };
    return [{ method: 'POST', headers, body: JSON.stringify(example.body) }];
  }
  const given = lines.length === 0 ? [{ words: [], options: new Map(), flags: new Map() }] : lines;
  const prepared = [];
  for (const line of given) prepared.push((await prepareRequest(line, type)).request);
  return prepared;
}

async function compare(
  request: InvokeRequest,
  [before, bundle, after]: readonly [ServedChild, ServedChild, ServedChild],
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answers = [];
    for (const child of [before, bundle, after]) answers.push(await askOrFail(child, request));
    const [one, own, two] = answers as [Answer, Answer, Answer];
    const difference = findDifference(one, own, two);
    if (difference === undefined) return own;
    if (tries < TRIES) continue;
    throw failed(
      `${describe(request)} is answered differently from one file: ${difference}. Leave the package that makes the difference outside with --external=NAME; to build without calling the function, pass --no-warm.`,
      `From the source:\n${show(one)}\n\nFrom one file:\n${show(own)}\n\n${bundle.output}`,
    );
  }
}

async function askOrFail(child: ServedChild, request: InvokeRequest): Promise<Answer> {
  try {
    return await child.ask(request);
  } catch (error) {
    throw failed(
      `${describe(request)} was not answered: ${messageOf(error)} Pass a request that the function answers with --warm, or --no-warm.`,
      child.output,
    );
  }
}

function describe({ method = 'GET', path: target = '/' }: InvokeRequest): string {
  return `${method} ${target}`;
}

function show({ status, headers, body }: Answer): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [status, ...lines, '', body].join('\n');
}

function failed(what: string, details: string): BarefnError {
  return new BarefnError('BUILD_FAILED', `${what}\n\n${details}`.trimEnd());
}

/**
 * Reads the value of `--warm`: the words of `barefn invoke`, quoted as in a shell.
 *
 * @throws BarefnError `INVALID_OPTION`, `UNKNOWN_OPTION`
 */
export function readWarmRequest(text: string): CommandLine {
  const line = readArguments(wordsOf(text), commandFlags);
  const known = commandFlags().filter(({ commands }) => commands.includes('invoke'));
  const wrong = [...line.flags.keys()].find((flag) => !known.some((row) => row.flag === flag));
  if (wrong === undefined && line.options.size === 0) {
    // The first word of a command line is the command.
    return { ...line, words: ['invoke', ...line.words] };
  }
  throw new BarefnError(
    'INVALID_OPTION',
    `--warm takes what barefn invoke takes to make a request, e.g. --warm='/?name=Ada', --warm='-d @order.json /orders' or --warm='--event=storage'. "${text}" has another option.`,
  );
}

function wordsOf(text: string): string[] {
  const word = /(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
  return Array.from(text.matchAll(word), ([found]) =>
    found.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_, single, double, escaped) => {
      return single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped;
    }),
  );
}

/** The file that calls `runChild`, beside the bundle: modules outside are found from there. */
export function childText(dist: string): string {
  const code = JSON.stringify(path.join(dist, 'build.js'));
  return `require(${code}).runChild(process.argv[2], require, module, (specifier, options) => import(specifier, options));\n`;
}
