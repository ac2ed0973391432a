import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Program } from './support/program';

const root = path.resolve(__dirname, '..');

/**
 * The folders of src/ in layers, lowest first. A file imports from lower layers and from its own folder
 * only. Above all are the entry points: the files beside the folders.
 */
const layers: readonly (readonly string[])[] = [
  ['core'],
  ['cloudevents', 'http'],
  ['google', 'types'],
  ['options'],
  ['load', 'signatures'],
  ['server'],
  ['process'],
  ['built'],
  ['cli'],
  ['dev'],
];

/** Who may end the process: the command, and the signals and errors that end it. */
const mayExit = /^(cli|process\/supervisor|process\/workers\/.*|cli\/.*|dev\/watch)$/;

/** Who prints: what answers errors, and what is above it. */
const mayPrint =
  /^(built|cli|dev|google|options|load|process|server|signatures|http\/errors)\b|^[a-z]+$/;

const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length).replaceAll(path.sep, '/'));

test('every folder of src has its layer', () => {
  const folders = new Set(files.map(folderOf));
  folders.delete('.');
  assert.deepEqual([...folders].sort(), layers.flat().sort());
});

test('files import from lower layers or their own folder, types and lazy modules too', () => {
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('.') && !name.endsWith('.json'))
      .map((name) => path.posix.join(path.posix.dirname(file), name))
      .filter((imported) => !isBelow(imported, file))
      .map((imported) => `${file} imports ${imported}`),
  );
  assert.deepEqual(upward, []);
});

/** What the examples of the help text load. */
const ownName = 'barefn';

test('nothing but node’s own modules is imported, and of Express and esbuild the types alone', () => {
  const foreign = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name !== ownName && !/^(?:\.|node:)/.test(name))
      .map((name) => `${file} imports ${name}`),
  );
  assert.deepEqual([...new Set(foreign)].sort(), [
    'cli/build/esbuild imports esbuild',
    'types/express imports express',
  ]);
  assert.doesNotMatch(codeOf('types/express'), /(?:from|require\()\s*'express'/);
  assert.doesNotMatch(codeOf('cli/build/esbuild'), /import \{[^}]*\} from 'esbuild'/);
});

test('only the command and what supervises the process end it', () => {
  const exiting = files.filter((file) => /\bprocess\.(?:exit|abort|kill)\b/.test(codeOf(file)));
  assert.deepEqual(
    exiting.filter((file) => !mayExit.test(file)),
    [],
  );
});

test('values, requests and responses print nothing', () => {
  const printing = files.filter((file) =>
    /\bconsole\.|\bprocess\.std(?:out|err)\b|\bwriteSync\b/.test(codeOf(file)),
  );
  assert.deepEqual(
    printing.filter((file) => !mayPrint.test(file)),
    [],
  );
});

test('registering a function loads no module of node', () => {
  const script = `const before = new Set(process.moduleLoadList);
    require(${JSON.stringify(path.join(root, 'dist/index.js'))});
    const loaded = process.moduleLoadList.filter((name) => !before.has(name));
    process.stdout.write(loaded.join());`;
  assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }), '');
});

test('a hello-world request loads one file of ours and nothing heavy', async () => {
  const { builtins, own } = await loadedByHello();
  // listen() loads child_process by itself.
  const heavy =
    /^NativeModule (?:zlib|crypto|fs\/promises|https|tls|readline|worker_threads|perf_hooks|internal\/util\/parse_args\/.*|internal\/deps\/undici\/.*)$/;
  assert.ok(builtins.includes('NativeModule _http_server'), 'the list is not what it was');
  assert.deepEqual(
    builtins.filter((name) => heavy.test(name)),
    [],
  );
  assert.deepEqual(own, ['cli.js']);
});

/** Modules that are required within functions before the port opens, or where nothing is served. */
const notWhileServing = new RegExp(
  [
    '^(?:built|cli|dev|load|options)/',
    '^core/did-you-mean$',
    '^signatures/express4$',
    '^google/(?:firestore/change|firestore/path-pattern|pubsub-data|samples/sample)$',
    '^http/request/(?:route-pattern|trust-proxy)$',
    '^http/response/big-integers$',
    '^process/(?:late-modules|listen-errors|log|long-start|startup-report|workers/.*)$',
    '^server/(?:health|http2/http2|inject|settings|tracing)$',
    '^signatures/(?:event/cloudevent|event/typed-events|event/background|late-modules|typed|web/web)$',
  ].join('|'),
);

test('what a request may require is loaded once the port is open', () => {
  const listed = new Set(['process/late-modules', 'signatures/late-modules'].flatMap(requiredBy));
  const required = new Set(
    files.filter((file) => !/^(?:cli|dev)\//.test(file)).flatMap(requiredBy),
  );
  const missing = [...required].filter((name) => !listed.has(name) && !notWhileServing.test(name));
  assert.deepEqual(missing, [], 'Name these in a file late-modules.ts, or say here why not.');
});

test('every file and function that src/README.md names exists', () => {
  const lines = readFileSync(path.join(root, 'src/README.md'), 'utf8').split('\n');
  const missing = lines.flatMap((line) => {
    const named = Array.from(line.matchAll(/`([\w/-]+(?:\.(?:ts|js|mjs)|\/))`([\w, ]*)/g));
    return named.flatMap(([, file = '', words = '']) => {
      const places = ['src', 'dist', '.'].map((folder) => path.join(root, folder, file));
      const found = places.find((place) => existsSync(place));
      if (found === undefined) return [file];
      // In the lists, names of functions follow their file.
      const functions = /^\d/.test(line) ? (/^ (\w+(?:, \w+)*)/.exec(words)?.[1] ?? '') : '';
      const text = file.endsWith('/') ? '' : readFileSync(found, 'utf8');
      return functions
        .split(', ')
        .filter((name) => name !== '' && !text.includes(`${name}(`) && !text.includes(`${name}<`))
        .map((name) => `${file} ${name}`);
    });
  });
  assert.deepEqual(missing, []);
});

function requiredBy(file: string): string[] {
  const calls = codeOf(file).matchAll(/\brequire\('(\.[^']+)'\)(?! as \{)/g);
  return Array.from(calls, ([, name = '']) => path.posix.join(path.posix.dirname(file), name));
}

/** What a served process has loaded after its first request. */
async function loadedByHello(): Promise<{ builtins: string[]; own: string[] }> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'architecture-'));
  const dist = path.join(root, 'dist');
  writeFileSync(
    path.join(directory, 'index.js'),
    `// What is loaded ahead, some time after the port opened, is no matter of the request.
    globalThis.setInterval = () => ({ unref() {} });
    exports.function = (req, res) => {
      if (req.method === 'GET') return res.send('Hello');
      res.send(JSON.stringify([process.moduleLoadList, Object.keys(require.cache)]));
    };`,
  );
  const command = [path.join(dist, 'cli.js'), '--port=0', `--source=${directory}`];
  // As on Cloud Run: in development it also watches for requests for the development page.
  const env = { ...process.env, K_SERVICE: 'hello' };
  const program = new Program(spawn(process.execPath, command, { env }));
  try {
    await program.listening();
    assert.equal(await (await fetch(program.url)).text(), 'Hello');
    const answer = await fetch(program.url, { method: 'DELETE' });
    const [builtins, cached] = (await answer.json()) as [string[], string[]];
    const own = cached.filter((file) => path.dirname(file) === dist);
    return { builtins, own: own.map((file) => path.basename(file)) };
  } finally {
    program.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

function isBelow(imported: string, file: string): boolean {
  return folderOf(imported) === folderOf(file) || layerOf(imported) < layerOf(file);
}

/** The folder right in src/; a dot for entry points. */
function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : '.';
}

function layerOf(file: string): number {
  const layer = layers.findIndex((folders) => folders.includes(folderOf(file)));
  return layer === -1 ? layers.length : layer;
}

function importsOf(file: string): string[] {
  const imports =
    /^(?:import|export|\})[^;'`]*\bfrom '([^']+)'|^import '([^']+)'|\b(?:require|import)\('([^']+)'\)/gm;
  return [...codeOf(file).matchAll(imports)].map(
    (match) => (match[1] ?? match[2] ?? match[3]) as string,
  );
}

/** A file without its comments: their examples import, print and exit. */
function codeOf(file: string): string {
  const text = readFileSync(path.join(root, 'src', `${file}.ts`), 'utf8');
  return text.replace(/^\s*\/?\*.*$|^\s*\/\/.*$/gm, '');
}
