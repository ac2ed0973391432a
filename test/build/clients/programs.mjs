// Programs with a client each, in directories of their own, in every way that they are started.
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { bundleWithCode } from './bundle.mjs';

const here = import.meta.dirname;
const root = path.resolve(here, '../../..');
export const CLIENTS = ['storage', 'pubsub', 'firestore', 'openai', 's3', 'small'];

if (!existsSync(path.join(here, 'node_modules/zod'))) {
  const args = ['ci', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', args, { cwd: here, stdio: ['ignore', 2, 2] });
}

/** The function, for both frameworks. */
const FUNCTION = `const { http } = require('@google-cloud/functions-framework');
const { cold, real } = require('./client');

http('hello', async (req, res) => {
  res.send(await (req.path === '/real' ? real() : cold()));
});
`;

/** Makes a directory for programs, with all packages and what was built last. */
export function createPrograms() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'barefn-clients-'));
  const modules = path.join(directory, 'node_modules');
  cpSync(path.join(here, 'node_modules'), modules, { recursive: true, verbatimSymlinks: true });
  rmSync(path.join(modules, 'barefn'), { recursive: true, force: true });
  for (const name of ['dist', 'build', 'package.json']) {
    cpSync(path.join(root, name), path.join(modules, 'barefn', name), { recursive: true });
  }
  return {
    directory,
    /** A program with a client. */
    program(client) {
      const place = path.join(directory, client);
      mkdirSync(place, { recursive: true });
      cpSync(path.join(here, 'functions', `${client}.js`), path.join(place, 'client.js'));
      writeFileSync(path.join(place, 'index.js'), FUNCTION);
      writeFileSync(path.join(place, 'package.json'), `{ "name": "${client}" }\n`);
      return place;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/**
 * The ways to start a program: the words behind `node`, and the directory from which. Where there is a
 * .barefn, the command finds it.
 */
export const STARTS = {
  google: { words: (place) => [google(place), '--target=hello'], from: (place) => place },
  barefn: {
    words: (place) => [command(place), `--source=${place}`, '--target=hello'],
    from: (place) => path.dirname(place),
  },
  build: { words: () => ['.barefn/start.js'], from: (place) => place },
  'build, found': { words: (place) => [command(place), '--target=hello'], from: (place) => place },
  'google, bundled': { words: () => ['.google/start.js'], from: (place) => place },
  'fastify, bundled': { words: () => ['.fastify/start.js'], from: (place) => place },
};

function command(place) {
  return path.join(place, '../node_modules/barefn/dist/cli.js');
}

function google(place) {
  return path.join(place, '../node_modules/@google-cloud/functions-framework/build/src/main.js');
}

/** Builds a program, and gives what the command printed. */
export async function build(place, env, node = process.execPath, warm = ['--warm=/']) {
  const { stdout } = await promisify(execFile)(
    node,
    [command(place), 'build', '--target=hello', ...warm],
    {
      cwd: place,
      env: { PATH: process.env.PATH, ...env },
    },
  );
  return stdout;
}

const OTHERS = {
  google: `require('../index.js');
const { getTestServer } = require('@google-cloud/functions-framework/testing');
const server = getTestServer('hello').listen(process.env.PORT);`,
  fastify: `const { cold, real } = require('../client');
const server = require('fastify')();
server.get('*', (request) => (request.url === '/real' ? real() : cold()));
server.listen({ port: Number(process.env.PORT), host: '::' });`,
};

/** Makes the same of another framework: one file, and V8's code of it after a first request. */
export async function bundleOther(name, place, env, node) {
  const { build: bundle } = createRequire(path.join(place, 'x'))('esbuild');
  const out = path.join(place, `.${name}`);
  const code = OTHERS[name];
  await bundleWithCode(bundle, { code, from: out, out, node, env: { ...env, PORT: '18999' } });
}
