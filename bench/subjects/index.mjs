// What is measured. A subject is a command that listens on $PORT and answers the workloads.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * What a server process is started for: `http` answers hello, echo and upload, `event` answers
 * CloudEvents, `heavy` serves the function with heavy dependencies.
 * @typedef {'http' | 'event' | 'heavy'} Target
 *
 * @typedef {object} Subject
 * @property {string} name
 * @property {string} about What it is, in a few words.
 * @property {string} [package] The package whose version is reported.
 * @property {string} [version]
 * @property {boolean} [onlyRootPath] True when it knows the path "/" only.
 * @property {string} [portVariable] The variable it reads its port from, PORT unless given.
 * @property {string} [shell] A shell command, for subjects given on the command line.
 * @property {(target: Target, functionFile: string) => string[] | undefined} [args]
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
      target === 'heavy' ? [file('raw-function.cjs'), functionFile] : [file('raw.cjs')],
  },
  {
    name: 'barefn',
    about: 'the command, from its tarball as npm installs it',
    package: 'barefn',
    args: (target, functionFile) =>
      framework(modulePath('barefn', 'dist/cli.js'), target, functionFile),
  },
  {
    name: 'barefn-embed',
    about: "createServer of 'barefn/server' in a program",
    package: 'barefn',
    args: (target) => (target === 'heavy' ? undefined : [file('barefn-embed.cjs')]),
  },
  google('functions-framework', '@google-cloud/functions-framework', "Google's package, today's"),
  google('functions-framework-3', 'functions-framework-3', "Google's package, 3.5.1"),
  {
    name: 'faas-js-runtime',
    about: "Knative's Node runtime",
    package: 'faas-js-runtime',
    portVariable: 'FUNC_PORT',
    onlyRootPath: true,
    args: (target) =>
      target === 'heavy'
        ? undefined
        : [
            modulePath('faas-js-runtime', 'bin/cli.js'),
            '--bodyLimit',
            String(16 * 1024 * 1024),
            file('faas-function.cjs'),
          ],
  },
  peer('express', 'express.cjs'),
  peer('fastify', 'fastify.cjs'),
  peer('koa', 'koa.cjs'),
  peer('polka', 'polka.cjs'),
  { ...peer('hono', 'hono.cjs'), about: 'with @hono/node-server' },
  peer('h3', 'h3.mjs'),
  peer('srvx', 'srvx.mjs'),
  peer('micro', 'micro.cjs'),
];

/**
 * The subjects of the catalogue, all or those named; `raw`, which all are compared with, is always among them.
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
  return catalogue
    .filter((subject) => !wanted || wanted.has(subject.name))
    .map((subject) => ({ ...subject, version: versionOf(subject) }));
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
    args: (target) => (target === 'heavy' ? undefined : [file(source)]),
  };
}

/** @type {(name: string, packageName: string, about: string) => Subject} */
function google(name, packageName, about) {
  return {
    name,
    about,
    package: packageName,
    args: (target, functionFile) =>
      framework(modulePath(packageName, 'build/src/main.js'), target, functionFile),
  };
}

/** @type {(command: string, target: Target, functionFile: string) => string[]} */
function framework(command, target, functionFile) {
  const source = target === 'heavy' ? functionFile : file('functions.cjs');
  const signature = target === 'event' ? ['--signature-type=cloudevent'] : [];
  return [command, `--target=${target}`, `--source=${source}`, ...signature];
}

/** @param {Subject} subject */
function versionOf(subject) {
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
