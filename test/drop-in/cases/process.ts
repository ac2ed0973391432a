import type { Case } from '../comparison';
import type { Setting } from '../subject';
import { exchange } from '../wire';
import { commandCase, type Group, scenario } from './kinds';

const target = (name: string) => `--target=${name}`;
const serves = (name: string, setting: Setting, path = '/'): Case =>
  scenario(name, setting, async (server) => exchange(server.port, [{ target: path }]));

const failures: [string, Setting][] = [
  ['a target that is not there', { args: [target('nothing')] }],
  ['the default target that is not there', {}],
  ['a target that is no function', { args: [target('text')] }],
  ['a nested target that is no function', { args: [target('nested.value')] }],
  ['a nested target that is not there', { args: [target('nested.nothing.more')] }],
  ['a source that is not there', { args: ['--source=nowhere'] }],
  ['a directory without a module', { args: ['--source=static'] }],
  ['a module that needs a missing one', { args: ['--source=broken/missing.js'] }],
  ['a module with a syntax error', { args: ['--source=broken/syntax.js'] }],
  ['a module that throws', { args: ['--source=broken/throws.js'] }],
  ['an ES module that throws', { args: ['--source=broken/throws.mjs'] }],
  ['an invalid function name', { args: ['--source=broken/name.js'] }],
  ['a signature type that is unknown', { args: ['--signature-type=nope', target('plain')] }],
  ['a signature type from the environment', { env: { FUNCTION_SIGNATURE_TYPE: 'nope' } }],
  ['an empty signature type', { args: ['--signature-type=', target('plain')] }],
  ['a negative timeout', { args: ['--timeout=-1', target('plain')] }],
  ['a timeout that is no number', { args: ['--timeout=soon', target('plain')] }],
  ['an empty timeout', { env: { CLOUD_RUN_TIMEOUT_SECONDS: '' } }],
];

/** What Google's package takes: it goes on running. */
const oddities: [string, Setting][] = [
  ['a port that is a name', { args: ['--port=abc', target('plain')] }],
  ['a port that is too large', { args: ['--port=65536', target('plain')] }],
  ['an unknown flag', { args: ['--port=0', '--tragte=plain', target('plain')] }],
  ['a word that is no flag', { args: ['--port=0', target('plain'), 'plain'] }],
];

const starts: [string, Setting, string?][] = [
  ['an export', { args: [target('plain')] }],
  ['a flag and its value apart', { args: ['--target', 'plain', '--signature-type', 'http'] }],
  ['the environment', { env: { FUNCTION_TARGET: 'plain', FUNCTION_SIGNATURE_TYPE: 'http' } }],
  ['a flag over the environment', { args: [target('plain')], env: { FUNCTION_TARGET: 'nothing' } }],
  ['in production', { args: [target('plain')], env: { NODE_ENV: 'production' } }],
  ['a dotted target', { args: [target('nested.deep.handler')] }],
  ['the default export', { args: [target('default')] }],
  ['a registered function over an export', { args: [target('both')] }],
  ['the last registration', { args: [target('again')] }],
  ['a registration that is no function', { args: [target('notAFunction')] }],
  [
    'a signature type of the registration',
    { args: [target('cloudEvent'), '--signature-type=http'] },
  ],
  ['an event function', { args: [target('event'), '--signature-type=event'] }],
  ['a source directory', { args: ['--source=module', target('hello')] }],
  [
    'a source from the environment',
    { env: { FUNCTION_SOURCE: 'module', FUNCTION_TARGET: 'hello' } },
  ],
  ['a source file', { args: ['--source=module/index.js', target('hello')] }],
  ['a source file without extension', { args: ['--source=module/index', target('hello')] }],
  ['a package with a main', { args: ['--source=withmain', target('hello')] }],
  ['the working directory', { args: [target('hello')], directory: 'withmain' }],
  ['function.js', { directory: 'functionjs' }],
  ['an ES module by package', { args: ['--source=esm', target('hello')] }],
  ['an ES module by extension', { args: ['--source=esm/other.mjs', target('hello')] }],
  ['the default export of an ES module', { args: ['--source=esm', target('default')] }],
  ['a registration of an ES module', { args: ['--source=esm', target('registered')] }],
  [
    'CommonJS beside a package of ES modules',
    { args: ['--source=esm/common.cjs', target('hello')] },
  ],
  ['a timeout', { args: [target('plain'), '--timeout=5'] }],
  [
    'an execution id from the environment',
    { args: [target('plain')], env: { LOG_EXECUTION_ID: 'TRUE' } },
  ],
];

const node =
  (...args: string[]) =>
  (): [string, string[]] => [process.execPath, args];
const surface = [
  'exports.cjs',
  'exports.mjs',
  'testing.cjs',
  'registry.mjs',
  'names.cjs',
  'server.cjs',
];

export const processGroups: Group[] = [
  { name: 'start', cases: starts.map(([name, setting, path]) => serves(name, setting, path)) },
  {
    name: 'failing to start',
    cases: [
      ...failures.map(([name, setting]) => commandCase(name, setting)),
      commandCase('a port that is taken', { args: [target('plain')], env: {} }, (subject) => [
        process.execPath,
        ['taken.js', subject.bin],
      ]),
      ...oddities.map(([name, setting]) => commandCase(name, setting, undefined, 900)),
    ],
  },
  {
    name: 'module surface',
    cases: surface.map((file) => commandCase(file, { directory: 'surface' }, node(file))),
  },
];
