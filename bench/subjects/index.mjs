// What is measured. A subject is a command that listens on $PORT and answers the workloads.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolveWorkerd } from '../workerd.mjs';

/**
 * What a server process is started for: `http` answers hello, echo and upload, `event` answers
 * CloudEvents, `heavy` serves the function in a file, `http2` answers hello over
 * HTTP/2 without TLS.
 * @typedef {'http' | 'event' | 'heavy' | 'http2'} Target
 *
 * @typedef {object} Subject
 * @property {string} name
 * @property {string} about What it is, in a few words.
 * @property {string} [package] The package whose version is reported.
 * @property {boolean} [onlyRootPath] True when it knows the path "/" only.
 * @property {string} [portVariable] The variable it reads its port from, PORT unless given.
 * @property {boolean} [http2] Whether it serves the target `http2`.
 * @property {Record<string, string>} [env] Added to the environment.
 * @property {string} [shell] A shell command, for subjects given on the command line.
 * @property {() => import('../server.mjs').Runtime} [ownRuntime] The runtime that it brings, which is
 *   installed at the first call. It is measured only where it is named, beside the first runtime.
 * @property {(target: Target, functionFile: string, port?: number) => string[] | undefined} [args]
 *   Arguments of the runtime; undefined when the subject cannot serve that target.
 * @property {(workload: import('../workloads/index.mjs').Workload) => boolean} [serves]
 *   Whether it can answer that workload; all of its targets unless given.
 */

/** @type {Subject[]} */
const catalogue = [
  {
    name: 'raw',
    about: 'node:http by hand, one CommonJS file',
    args: (target, functionFile) =>
      target === 'heavy'
        ? [file('raw-function.cjs'), functionFile]
        : [file(target === 'http2' ? 'raw-http2.cjs' : 'raw.cjs')],
    http2: true,
  },
  {
    name: 'barefn',
    about: 'the command, from its tarball as npm installs it',
    package: 'barefn',
    args: (target, functionFile) => [
      ...framework(modulePath('barefn', 'dist/cli.js'), target, functionFile),
      ...(target === 'http2' ? ['--http2'] : []),
    ],
    http2: true,
  },
  {
    name: 'barefn-embed',
    about: "createServer of 'barefn/server' in a program",
    package: 'barefn',
    args: (target) => (target === 'heavy' ? undefined : [file('barefn-embed.cjs')]),
  },
  {
    name: 'barefn-workers',
    about: 'the command with --workers=2',
    package: 'barefn',
    serves: ({ name }) => ['hello', 'echo', 'compute', 'event-binary'].includes(name),
    args: (target, functionFile) => [
      ...framework(modulePath('barefn', 'dist/cli.js'), target, functionFile),
      '--workers=2',
    ],
  },
  web('barefn-fetch', 'a plain web function, { fetch }, served by barefn', 'fetch.cjs', 'web'),
  web('barefn-hono', 'the same application as hono, served by barefn', 'hono-app.cjs', 'app'),
  {
    ...web('barefn-h3', 'the same application as h3, served by barefn', 'h3-app.mjs', 'default'),
    serves: basically,
  },
  {
    ...web(
      'barefn-itty-router',
      'the same router as itty-router, served by barefn',
      'itty-router-app.cjs',
      'router',
    ),
    serves: basically,
  },
  google('functions-framework', '@google-cloud/functions-framework', "Google's package, today's"),
  google('functions-framework-3', 'functions-framework-3', "Google's package, 3.5.1"),
  {
    name: 'faas-js-runtime',
    about: "Knative's Node runtime",
    package: 'faas-js-runtime',
    portVariable: 'FUNC_PORT',
    onlyRootPath: true,
    serves: basically,
    args: (target) =>
      target === 'heavy'
        ? undefined
        : [
            modulePath('faas-js-runtime', 'bin/cli.js'),
            '--bodyLimit',
            String(64 * 1024 * 1024),
            file('faas-function.cjs'),
          ],
  },
  { ...peer('express', 'express.cjs'), serves: withoutBatches },
  {
    ...peer('fastify', 'fastify.cjs'),
    serves: withoutBatches,
    args: (target, functionFile) =>
      target === 'heavy' ? [file('fastify-function.cjs'), functionFile] : [file('fastify.cjs')],
  },
  peer('koa', 'koa.cjs'),
  peer('polka', 'polka.cjs'),
  { ...peer('hono', 'hono.cjs'), about: 'with @hono/node-server', serves: withoutBatches },
  peer('h3', 'h3.mjs'),
  { ...peer('itty-router', 'itty-router.cjs'), about: 'with @whatwg-node/server' },
  { ...peer('srvx', 'srvx.mjs'), about: 'a plain fetch handler', serves: withoutBatches },
  peer('micro', 'micro.cjs'),
  {
    name: 'workerd',
    about: "Cloudflare's runtime, with the same handler as srvx",
    serves: withoutBatches,
    ownRuntime: resolveWorkerd,
    args: (target, _functionFile, port) =>
      target === 'heavy' || target === 'http2'
        ? undefined
        : ['serve', file('workerd.capnp'), `--socket-addr=http=127.0.0.1:${port}`],
  },
];

/**
 * The subjects of the catalogue, those named or all that run on the runtimes of the run; `raw`,
 * which all are compared with, is always among them.
 * @param {string[]} [names]
 * @returns {Subject[]}
 */
export function listSubjects(names) {
  const wanted = names && new Set(['raw', ...names]);
  for (const name of wanted ?? []) {
    if (!catalogue.some((subject) => subject.name === name)) {
      const known = catalogue.map((subject) => subject.name).join(', ');
      throw new Error(`There is no subject "${name}". Pick from: ${known}.`);
    }
  }
  return catalogue.filter(({ name, ownRuntime }) => (wanted ? wanted.has(name) : !ownRuntime));
}

/**
 * The subject that serves the same application with a server of its own.
 * @param {string} name
 */
export function ownServerOf(name) {
  if (name === 'barefn-fetch') return 'srvx';
  return name.startsWith('barefn-') ? name.slice('barefn-'.length) : undefined;
}

/**
 * Reads `name=command that listens on $PORT`.
 * @param {string} text
 * @returns {Subject}
 */
export function parseSubject(text) {
  const [, name, shell] = /^([\w.@-]+)=(.+)$/s.exec(text) ?? [];
  if (!name) {
    throw new Error(`--subject=${text} is not of the form 'name=command that listens on $PORT'.`);
  }
  return { name, about: shell, shell };
}

/** @type {(name: string, source: string) => Subject} */
function peer(name, source) {
  return {
    name,
    about: 'a few hand-written routes',
    package: name,
    serves: basically,
    args: (target) => (target === 'heavy' ? undefined : [file(source)]),
  };
}

/** @type {(name: string, about: string, source: string, target: string) => Subject} */
function web(name, about, source, exported) {
  const command = modulePath('barefn', 'dist/cli.js');
  return {
    name,
    about,
    package: 'barefn',
    serves: withoutBatches,
    args: (target) =>
      target === 'heavy'
        ? undefined
        : [command, `--source=${file(source)}`, `--target=${exported}`, '--signature-type=web'],
  };
}

/** Everything but what needs more than a few lines by hand. @param {{ name: string }} workload */
function withoutBatches({ name }) {
  return !['event-batch', 'event-firestore'].includes(name);
}

/** Those with the routes that all subjects have. @param {{ name: string }} workload */
function basically({ name }) {
  return withoutBatches({ name }) && !['download', 'stream', 'compute'].includes(name);
}

/** @type {(name: string, packageName: string, about: string) => Subject} */
function google(name, packageName, about) {
  return {
    name,
    about,
    package: packageName,
    serves: ({ name: workload }) => workload !== 'event-batch',
    args: (target, functionFile) =>
      framework(modulePath(packageName, 'build/src/main.js'), target, functionFile),
  };
}

/** @type {(command: string, target: Target, functionFile: string) => string[]} */
function framework(command, target, functionFile) {
  const source = target === 'heavy' ? functionFile : file('functions.cjs');
  const signature = target === 'event' ? ['--signature-type=cloudevent'] : [];
  const name = target === 'http2' ? 'http' : target;
  return [command, `--target=${name}`, `--source=${source}`, ...signature];
}

/**
 * The version of what is installed.
 * @param {Subject} subject
 * @returns {string | undefined}
 */
export function versionOf(subject) {
  if (subject.ownRuntime) return subject.ownRuntime().version;
  if (!subject.package) return undefined;
  const manifest = modulePath(subject.package, 'package.json');
  try {
    return JSON.parse(readFileSync(manifest, 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** @param {string} name */
function file(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** @type {(packageName: string, path: string) => string} */
function modulePath(packageName, path) {
  return file(`../node_modules/${packageName}/${path}`);
}
