import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { describe, test } from 'node:test';
import { get, Project } from './project';

/** All that the source of a function may be made of. */
const COMMON = {
  'index.js': `
    const barefn = require('barefn');
    const framework = require('@google-cloud/functions-framework');
    const { invoke } = require('barefn/testing');
    const data = require('./data.json');
    framework.http('other', (req, res) => res.send('other'));
    barefn.http('hello', async (req, res) => {
      const { late } = await import('./late.mjs');
      const named = await import(['node', 'path'].join(':'));
      res.json({
        data, late, place: __dirname, file: __filename.length,
        join: named.join('a', 'b'),
        error: new barefn.HttpError(400, 'X', 'x') instanceof framework.HttpError,
        other: (await invoke('other')).body,
        main: require.main === module,
        computed: require('./' + (req.query.name ?? 'computed') + '.js'),
        resolved: require.resolve('./outside.js'),
        outside: require(process.cwd() + '/outside.js'),
      });
    });`,
  'data.json': '{"n":1}',
  'late.mjs': `import { readFileSync } from 'node:fs';
    import other from './other.cjs';
    class Named {}
    export const late = [typeof readFileSync, other.n, Named.name, import.meta.url.slice(-9), typeof __dirname];`,
  'other.cjs': 'class Named {}\nexports.n = Named.name;',
  'computed.js': 'module.exports = "computed";',
  'outside.js': 'module.exports = "outside";',
};

describe('a build of a function in Common JavaScript', () => {
  const project = new Project(COMMON);
  const built = project.build('--target=hello');

  test('answers as its source does, whatever it loads by which name', async () => {
    const program = await project.serve();
    const answer = JSON.parse(await get(program));
    assert.deepEqual(answer, {
      data: { n: 1 },
      late: ['function', 'Named', 'Named', '/late.mjs', 'undefined'],
      place: project.directory,
      file: project.path('index.js').length,
      join: 'a/b',
      error: true,
      other: 'other',
      main: false,
      computed: 'computed',
      resolved: project.path('outside.js'),
      outside: 'outside',
    });
  });

  test('serves the other functions of the module as well', async () => {
    const program = await project.serve(['--target=other']);
    assert.equal(await get(program), 'other');
  });

  test('its report says what needs the source', () => {
    assert.match(built.stdout, /^Built \.barefn in .* modules in one file of /);
    assert.match(built.stdout, /^One call \(200\), as from the source; compiled code of /m);
    assert.match(built.stdout, /^Needs its place: index\.js \(/m);
    assert.match(built.stdout, /^Keep node_modules and the source/m);
    assert.match(built.stdout, /^Serve it: node \.barefn\/start\.js$/m);
  });
});

test('a build of ES modules runs their top-level await, and needs nothing but itself', async () => {
  const project = new Project({
    'package.json': '{ "name": "program", "type": "module" }',
    'index.js': `
      import { http } from 'barefn';
      import framework from 'barefn';
      import { readFile } from 'node:fs/promises';
      import { value } from './slow.js';
      const later = await Promise.resolve('later');
      framework.http('hello', (req, res) => res.json({ value, later, read: typeof readFile, http: http === framework.http }));`,
    'slow.js':
      'export const value = await new Promise((resolve) => setTimeout(resolve, 5, "slow"));',
  });
  const { stdout } = project.build('--target=hello');
  assert.match(stdout, /^The build needs neither node_modules nor the source\.$/m);
  for (const name of ['node_modules', 'index.js', 'slow.js']) {
    rmSync(project.path(name), { recursive: true });
  }
  const program = await project.serve();
  assert.deepEqual(JSON.parse(await get(program)), {
    value: 'slow',
    later: 'later',
    read: 'function',
    http: true,
  });
});

test('a build of ES modules without top-level await is started like one of Common JavaScript', async () => {
  const project = new Project({
    'index.mjs': `import { web } from 'barefn';
      web('hello', (request) => new Response(new URL(request.url).pathname));
      export default { fetch: () => new Response('default') };`,
  });
  project.build('--target=hello');
  assert.equal(await get(await project.serve(), '/path'), '/path');
  assert.equal(await get(await project.serve(['--target=default'])), 'default');
});

test('TypeScript is built where Node does not run it, enums and all', async () => {
  const project = new Project({
    'index.ts': `import { http, type HttpFunction } from 'barefn';
      enum Size { Small = 'small' }
      const handler: HttpFunction = (req, res) => { res.send(Size.Small); };
      http('hello', handler);`,
  });
  const { stdout } = project.build('index.ts', '--target=hello');
  assert.match(stdout, /, not compared: Node \S+ does not run the source, which is TypeScript/);
  assert.equal(await get(await project.serve()), 'small');
});

describe('packages', () => {
  const manifest = (more = ''): string => `{ "main": "index.js"${more} }`;
  const project = new Project({
    'index.js': `
      require('barefn').http('hello', async (req, res) => res.json({
        reads: require('reads').text(), computes: require('computes').text(),
        works: await require('works').run(), native: require('native').what,
        optional: require('optional').has, ours: require('plugin').same(require('barefn')),
        deep: require('reads/deep').text,
      }));`,
    'node_modules/reads/package.json': manifest(),
    'node_modules/reads/index.js': `'use strict';
      const path = require('path');
      exports.text = () => require('fs').readFileSync(path.join(__dirname, 'data', 'text.txt'), 'utf8')
        + (function () { return this === undefined; })();`,
    'node_modules/reads/deep.js': `const place = __dirname;
      exports.text = require('fs').readFileSync(place + '/more.txt', 'utf8');`,
    'node_modules/reads/data/text.txt': 'text',
    'node_modules/reads/more.txt': 'more',
    'node_modules/computes/package.json': manifest(),
    'node_modules/computes/index.js': `
      const names = require('fs').readdirSync(__dirname);
      exports.text = () => names.filter((name) => name === 'part.js').map((name) => require('./' + name)).join();`,
    'node_modules/computes/part.js': 'module.exports = "part";',
    'node_modules/works/package.json': manifest(),
    'node_modules/works/index.js': `
      const { Worker } = require('worker_threads');
      exports.run = () => new Promise((resolve, reject) => {
        new Worker(require('path').join(__dirname, 'worker.js')).on('message', resolve).on('error', reject);
      });`,
    'node_modules/works/worker.js': `require('worker_threads').parentPort.postMessage(require('reads').text());`,
    'node_modules/native/package.json': manifest(),
    'node_modules/native/index.js': `try { require('./build/addon.node'); } catch (error) { exports.what = error.code; }`,
    'node_modules/native/build/addon.node': 'no addon',
    'node_modules/optional/package.json': manifest(),
    'node_modules/optional/index.js': `try { require('not-there'); } catch { exports.has = false; }`,
    'node_modules/plugin/package.json': manifest(),
    'node_modules/plugin/index.js': `const own = require('@google-cloud/functions-framework');
      exports.same = ({ http }) => http === own.http || typeof own.http;`,
  });
  const { stdout } = project.build('--target=hello', '--external=plugin');
  const expected = {
    reads: 'texttrue',
    computes: 'part',
    works: 'texttrue',
    native: 'ERR_DLOPEN_FAILED',
    optional: false,
    ours: true,
    deep: 'more',
  };

  test('that read, load, start or miss files work from the build', async () => {
    assert.deepEqual(JSON.parse(await get(await project.serve())), expected);
  });

  test('stay outside where they cannot be in one file, and the report says why', () => {
    assert.match(stdout, /^Outside: plugin \(--external\)$/m);
    assert.match(stdout, /^Outside: native \(has a native addon\)$/m);
    assert.match(stdout, /^Outside: computes \(loads its own files by names that it computes\)$/m);
    assert.doesNotMatch(stdout, /^Outside: (?:reads|works|optional)/m);
    assert.match(stdout, /^Copied for packages that read files beside themselves: 4 files$/m);
  });

  test('that are inside need not be there any more', async () => {
    for (const name of ['reads', 'works', 'optional', 'barefn']) {
      rmSync(project.path(`node_modules/${name}`), { recursive: true });
    }
    assert.deepEqual(JSON.parse(await get(await project.serve())), expected);
  });
});

test('agents that hook the modules that node loads see its own, and packages outside', async () => {
  const project = new Project({
    'index.js': `const { one } = require('one'); const { two } = require('two');
      require('barefn').http('hello', (req, res) => res.json([one, two, require('node:zlib').hooked]));`,
    'node_modules/one/index.js': `exports.one = 'one';`,
    'node_modules/two/index.js': `exports.two = 'two';`,
    // As require-in-the-middle does, of OpenTelemetry and Sentry.
    'agent.js': `const { prototype } = require('module');
      const load = prototype.require;
      prototype.require = function (name) {
        const loaded = load.call(this, name);
        if (name === 'one' || name === 'two') return { [name]: name + ' hooked' };
        return /^(?:node:)?zlib$/.test(name) ? { ...loaded, hooked: true } : loaded;
      };`,
  });
  project.build('--target=hello', '--external=one');
  const program = await project.serve([], { flags: ['--require', './agent.js'] });
  assert.deepEqual(JSON.parse(await get(program)), ['one hooked', 'two', true]);
});

test('a package of another version within a package stays that one outside', async () => {
  const project = new Project({
    'index.js': `require('barefn').http('hello', (req, res) => res.json([require('one'), require('two')]));`,
    'node_modules/one/index.js': 'module.exports = require("two");',
    'node_modules/one/node_modules/two/index.js': 'module.exports = "inner";',
    'node_modules/two/index.js': 'module.exports = "outer";',
  });
  project.build('--target=hello', '--external=two');
  assert.deepEqual(JSON.parse(await get(await project.serve())), ['inner', 'outer']);
});

test('without esbuild one line says how to install it', () => {
  const project = new Project({ 'index.js': '' }, { hasEsbuild: false });
  // The tests' own esbuild is found from no temporary directory.
  const { code, stderr } = project.run(['build', '--target=hello']);
  assert.equal(code, 1);
  assert.equal(
    stderr,
    'barefn build needs esbuild, which is not installed. Run: npm install --save-dev esbuild\n',
  );
  assert.ok(!existsSync(project.path('.barefn')));
});

test('what esbuild cannot read fails the build with its place, and the flag that helps', () => {
  const project = new Project({
    'index.js': `require('odd'); exports.hello = (req, res) => res.send('');`,
    'node_modules/odd/index.js': 'require("./data.odd");',
    'node_modules/odd/data.odd': '',
  });
  const { code, stderr } = project.run(['build', '--target=hello']);
  assert.equal(code, 1);
  assert.match(stderr, /node_modules\/odd\/index\.js:1:9: No loader .*--external=odd/);
  const again = project.build('--target=hello', '--external=odd');
  assert.match(again.stdout, /^Outside: odd/m);
});

test('a directory with other files is not emptied', () => {
  const project = new Project({ 'index.js': '', 'out/precious.txt': '' });
  const { code, stderr } = project.run(['build', '--target=hello', '--out=out']);
  assert.equal(code, 1);
  assert.match(stderr, /has files that barefn build did not make\. Empty it, or pass another/);
  assert.ok(existsSync(project.path('out/precious.txt')));
});
