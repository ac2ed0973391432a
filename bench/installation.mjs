// Everything that must be there first: the harness's packages, the peers, barefn's build, runtimes.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientsFolder } from './workloads/clients.mjs';
import { installAlone } from './workspace.mjs';

const bench = fileURLToPath(new URL('.', import.meta.url));
const root = path.dirname(bench.replace(/\/$/, ''));
const denoFolder = path.join(bench, '.cache/deno');

/**
 * Installs what bench/package-lock.json names, unless it is there already.
 * @param {{ peers: boolean }} what The gate needs no peers (devDependencies), the bench does.
 */
export function installPackages({ peers }) {
  installAlone(bench, () => installMissing(peers));
}

/** @param {boolean} peers */
function installMissing(peers) {
  const stamp = path.join(bench, 'node_modules', '.package-lock.json');
  const lock = path.join(bench, 'package-lock.json');
  const fresh = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs;
  const complete = !peers || existsSync(path.join(bench, 'node_modules/express/package.json'));
  if (fresh && complete) return;
  const which = peers
    ? 'the frameworks to compare with (about 20 s, 130 MB)'
    : 'the load generator';
  console.error(`bench: first use: installing ${which} into bench/node_modules…`);
  npm(['ci', ...(peers ? [] : ['--omit=dev'])], bench);
}

/** Installs the clients of the functions that heavy-start starts, unless they are there already. */
export function installClients() {
  installAlone(clientsFolder, () => {
    if (existsSync(path.join(clientsFolder, 'node_modules/.package-lock.json'))) return;
    console.error(
      'bench: first use: installing clients of services (about 15 s, 170 MB) into test/build/clients/node_modules…',
    );
    npm(['ci'], clientsFolder);
  });
}

/**
 * Builds dist/ when it is missing or older than a source, and puts what `npm pack` makes of it
 * where npm would: bench/node_modules/barefn, beside the packages it is compared with.
 */
export function installBarefn() {
  installAlone(bench, putBarefn);
}

function putBarefn() {
  const built = newest(path.join(root, 'dist'), '.js');
  if (built < newest(path.join(root, 'src'), '.ts')) {
    console.error('bench: building barefn…');
    execFileSync(process.execPath, ['build.mjs', '--no-types'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
  }
  const target = path.join(bench, 'node_modules/barefn');
  const stamp = path.join(target, '.installed');
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest(path.join(root, 'dist'), '.js')) return;
  const cache = path.join(bench, '.cache');
  for (const folder of [cache, target]) mkdirSync(folder, { recursive: true });
  npm(['pack', '--ignore-scripts', `--pack-destination=${cache}`], root);
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const tarball = path.join(cache, `${name}-${version}.tgz`);
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  // Deno keeps compiled code of a package by its path alone, and would run the old one's.
  rmSync(denoFolder, { recursive: true, force: true });
  writeFileSync(stamp, '');
}

/** When the newest file of a kind was written; 0 when there is none. @type {(folder: string, ending: string) => number} */
function newest(folder, ending) {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const times = files
    .filter((file) => file.endsWith(ending))
    .map((file) => statSync(path.join(folder, file)).mtimeMs);
  return Math.max(0, ...times);
}

/**
 * Resolves `current`, `node@22`, `bun`, `deno`, …; all but the first are installed from npm.
 * @param {string} name
 * @returns {import('./server.mjs').Runtime}
 */
export function resolveRuntime(name) {
  if (name === 'current') {
    const version = process.versions.node;
    return { name: `node-${version}`, command: [process.execPath], version };
  }
  const [, packageName] = /^(node|bun|deno)(@[\w.-]+)?$/.exec(name) ?? [];
  if (!packageName)
    throw new Error(
      `--runtime=${name} is none of current, node@<version>, bun, deno. workerd is a subject: --subjects=workerd.`,
    );
  const binary = installRuntime(name, packageName);
  const printed = execFileSync(binary, ['--version'], { encoding: 'utf8' });
  const version = /\d+\.\d+\.\d+/.exec(printed)?.[0] ?? 'unknown';
  const command = packageName === 'deno' ? [binary, 'run', '--allow-all', '--quiet'] : [binary];
  /** @type {Record<string, string>} */
  const env = packageName === 'deno' ? { DENO_DIR: denoFolder } : {};
  return { name: `${packageName}-${version}`, command, version, env };
}

/** Where a runtime of that name is installed. @param {string} name */
export function runtimeFolder(name) {
  return path.join(bench, '.cache/runtimes', name.replace('@', '-'));
}

/**
 * Installs a runtime from npm, unless it is there already.
 * @param {string} name With its version, where it has one.
 * @param {string} packageName
 * @returns {string} Its program.
 */
export function installRuntime(name, packageName) {
  return installAlone(bench, () => putRuntime(name, packageName));
}

/** @type {(name: string, packageName: string) => string} */
function putRuntime(name, packageName) {
  const folder = runtimeFolder(name);
  if (!existsSync(path.join(folder, 'node_modules', packageName))) {
    console.error(`bench: installing ${name} from npm into bench/.cache (once, 120 to 160 MB)…`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    npm(['install', name], folder);
  }
  const manifest = path.join(folder, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return nativeBinary(folder, packageName) ?? path.join(path.dirname(manifest), bin[packageName]);
}

/** The binary itself: the launchers of npm's packages would add a Node start of their own. */
function nativeBinary(/** @type {string} */ folder, /** @type {string} */ packageName) {
  const modules = path.join(folder, 'node_modules');
  const scopes = { node: '', bun: '@oven', deno: '@deno', workerd: '@cloudflare' };
  const places = packageName === 'node' ? ['node/bin/node'] : [];
  const scope = path.join(modules, scopes[/** @type {'bun'} */ (packageName)]);
  if (packageName !== 'node' && existsSync(scope)) {
    const found = execFileSync('find', [scope, '-type', 'f', '-name', packageName], {
      encoding: 'utf8',
    });
    places.push(
      ...found
        .split('\n')
        .filter(Boolean)
        .map((file) => path.relative(modules, file)),
    );
  }
  const native = places.map((place) => path.join(modules, place)).find((file) => existsSync(file));
  return native;
}

/** @type {(args: string[], cwd: string) => void} */
function npm(args, cwd) {
  execFileSync('npm', [...args, '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 2],
  });
}
