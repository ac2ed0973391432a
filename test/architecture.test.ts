import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(__dirname, '..');

/**
 * The floors of src/, lowest first, and their rooms. A file imports from lower floors and from its own
 * room only. A room is a folder, or the files of one idea.
 */
const floors: readonly (readonly string[])[] = [
  // bedrock
  ['thrown'],
  ['errors', 'invocation', 'thenable', 'nearest'],
  // ground: values, without a request
  ['schema', 'cloudevents/*'],
  // cellar
  ['http/*', 'legacy/*'],
  // the older pair of request and response

  // stairs: what programs register, and what becomes of their failures
  ['functions express-types', 'registry', 'failures/*'],
  // rooms
  ['signatures/*', 'options/*'],
  // annex: what programs for Express 4 get in place of some of that
  ['express4/*'],
  // hall
  ['serve/*', 'load/*'],
  // porch: the process around the server
  ['process/*', 'development/unfinished development/origins', 'development/unanswered'],
  // gate: what the command does without serving
  ['commands/*'],
  // yard: what only people at work meet
  [
    'development/watch',
    'development/announcement',
    'development/directory development/foreign-pages development/page development/page-assets',
  ],
  // doors; one bundle holds those of the server
  ['cloudevents', 'cli index server testing'],
];

/** Who may end the process: the command, and the signals and faults that end it. */
const mayExit = /^(cli|process\/shutdown|commands\/.*|development\/watch)$/;

const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length).replaceAll(path.sep, '/'));

test('every file of src has its floor, and every room a file', () => {
  const found = files.map((file) => `${file}: ${placesOf(file).length}`);
  assert.deepEqual(
    found.filter((line) => !line.endsWith(': 1')),
    [],
  );
  for (const room of floors.flat().flatMap((room) => room.split(' '))) {
    assert.ok(
      files.some((file) => isIn(file, room)),
      `Nothing is in ${room}.`,
    );
  }
});

test('files import from lower floors or their own room, types and lazy modules too', () => {
  const climbing = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('.') && !name.endsWith('.json'))
      .map((name) => path.posix.join(path.posix.dirname(file), name))
      .filter((imported) => !isBelow(imported, file))
      .map((imported) => `${file} imports ${imported}`),
  );
  assert.deepEqual(climbing, []);
});

/** What the examples of the help text load. */
const ownName = 'barefn';

test('nothing but node’s own modules is imported, and of Express the types alone', () => {
  const foreign = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name !== ownName && !/^(?:\.|node:)/.test(name))
      .map((name) => `${file} imports ${name}`),
  );
  assert.deepEqual([...new Set(foreign)], ['express-types imports express']);
  assert.doesNotMatch(codeOf('express-types'), /(?:from|require\()\s*'express'/);
});

test('only the command and what supervises the process end it', () => {
  const exiting = files.filter((file) => /\bprocess\.(?:exit|abort|kill)\b/.test(codeOf(file)));
  assert.deepEqual(
    exiting.filter((file) => !mayExit.test(file)),
    [],
  );
});

test('nothing below the stairs prints', () => {
  const printing = files.filter((file) =>
    /\bconsole\.|\bprocess\.std(?:out|err)\b|\bwriteSync\b/.test(codeOf(file)),
  );
  assert.deepEqual(
    printing.filter((file) => floorOf(file) < floorOf('failures/respond')),
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
const notWhileServing =
  /^(?:commands|development|options|load)\/|^express4\/express4$|^process\/(?:late-modules|listen-errors|log|long-start|startup-report)$|^serve\/(?:exchange|health|http2|observe|server-settings)$|^signatures\/(?:cloudevent|event|late-modules|typed|web)$|^http\/(?:route-pattern|trust-proxy)$|^nearest$/;

test('what a request may require is loaded once the port is open', () => {
  const listed = new Set(['process/late-modules', 'signatures/late-modules'].flatMap(requiredBy));
  const required = new Set(
    files.filter((file) => !/^(?:commands|development)\//.test(file)).flatMap(requiredBy),
  );
  const missing = [...required].filter((name) => !listed.has(name) && !notWhileServing.test(name));
  assert.deepEqual(missing, [], 'Name these in a file late-modules.ts, or say here why not.');
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
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    while (!output.includes('URL: ')) await once(child.stdout, 'data');
    const url = /URL: (\S+)/.exec(output)?.[1] ?? '';
    assert.equal(await (await fetch(url)).text(), 'Hello');
    const answer = await fetch(url, { method: 'DELETE' });
    const [builtins, cached] = (await answer.json()) as [string[], string[]];
    const own = cached.filter((file) => path.dirname(file) === dist);
    return { builtins, own: own.map((file) => path.basename(file)) };
  } finally {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

function isBelow(imported: string, file: string): boolean {
  return floorOf(imported) < floorOf(file) || roomOf(imported) === roomOf(file);
}

function floorOf(file: string): number {
  return placesOf(file)[0]?.floor ?? Number.POSITIVE_INFINITY;
}

function roomOf(file: string): string | undefined {
  return placesOf(file)[0]?.room;
}

function placesOf(file: string): { floor: number; room: string }[] {
  return floors.flatMap((rooms, floor) =>
    rooms
      .filter((room) => room.split(' ').some((member) => isIn(file, member)))
      .map((room) => ({ floor, room })),
  );
}

function isIn(file: string, member: string): boolean {
  return member.endsWith('/*') ? file.startsWith(member.slice(0, -1)) : file === member;
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
