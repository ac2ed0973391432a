import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import { get, Project } from './project';

const SOURCE = `const { text } = require('./lib.js');
const { more } = require('pack');
require('barefn').http('hello', (req, res) => res.send([text, more].join()));
require('barefn').http('other', (req, res) => res.send('other'));
`;
const LIB = `exports.text = 'one';\n`;
const FILES = {
  'index.js': SOURCE,
  'lib.js': LIB,
  'package.json': '{ "name": "program" }',
  'package-lock.json': '{}',
  'node_modules/pack/index.js': `exports.more = 'more';`,
};
const project = new Project(FILES);
project.build('--target=hello');
afterEach(() => project.write(FILES));

/** What the command answers, what it said, and whether it served the build. */
async function serve(
  ...words: string[]
): Promise<{ body: string; said: string; isBuilt: boolean }> {
  const program = await project.serveCommand(...words, '--startup-report');
  const body = await get(program);
  await program.logged('barefn started');
  program.kill();
  const isBuilt = program.stderr.includes('"codeCache":"used"');
  return { body, said: program.stderr.replace(/^{.*\n/m, ''), isBuilt };
}

describe('the command', () => {
  test('serves a build that fits, without a word', async () => {
    const answer = await serve('--target=hello');
    assert.deepEqual(answer, { body: 'one,more', said: '', isBuilt: true });
  });

  const changes: [string, Record<string, string>, string, string[]][] = [
    ['a module has changed', { 'lib.js': `exports.text = 'two';\n` }, 'lib.js has changed', []],
    [
      'the lock file has changed',
      { 'package-lock.json': '{ }' },
      'package-lock.json has changed',
      [],
    ],
    [
      'package.json has changed',
      { 'package.json': '{ "name": "x" }' },
      'package.json has changed',
      [],
    ],
    [
      'packages were installed',
      { 'node_modules/.package-lock.json': '{}' },
      'node_modules/.package-lock.json is new',
      [],
    ],
    ['it serves another function', {}, 'it serves hello', ['--target=other']],
    [
      'it was made of another file',
      { 'lib/index.js': SOURCE.replace('./lib', '../lib') },
      'it was made of index.js',
      ['--source=lib/index.js'],
    ],
    ['it is of another type', {}, 'it has the signature type http', ['--signature-type=event']],
    ['it follows another Express', {}, 'it follows Express 5', ['--express=4']],
  ];
  for (const [what, files, said, words] of changes) {
    test(`serves the source where ${what}, and says so`, async () => {
      project.write(files);
      const answer = await serve('--target=hello', ...words);
      if ('node_modules/.package-lock.json' in files)
        rmSync(project.path('node_modules/.package-lock.json'));
      assert.equal(
        answer.said,
        `The build in .barefn is not used: ${said}. Run: barefn build --target=hello\n`,
      );
      assert.equal(answer.isBuilt, false);
      assert.match(answer.body, files['lib.js'] === undefined ? /^(?:one|other)/ : /^two/);
    });
  }

  test('serves the source where a module is gone or the record cannot be read', async () => {
    project.write({ 'index.js': SOURCE.replace('./lib.js', './other.js'), 'other.js': LIB });
    rmSync(project.path('lib.js'));
    assert.match((await serve('--target=hello')).said, /not used: index\.js has changed/);
    project.write(FILES);
    const record = readFileSync(project.path('.barefn/build.json'));
    writeFileSync(project.path('.barefn/build.json'), record.subarray(0, 50));
    assert.match(
      (await serve('--target=hello')).said,
      /not used: \.barefn\/build\.json cannot be read/,
    );
    writeFileSync(project.path('.barefn/build.json'), record);
  });

  test('says that --watch does not use the build', async () => {
    const program = await project.serveCommand('--target=hello', '--watch');
    assert.match(program.stderr, /^--watch serves the source, not the build in \.barefn\.\n/);
    assert.match(await get(program), /^one/);
    program.signal('SIGTERM');
    await program.exit();
  });
});

describe('--verify', () => {
  test('says that a build fits', () => {
    const { code, stdout } = project.run(['--verify', '--target=hello']);
    assert.equal(code, 0);
    assert.match(stdout, /^Build: \.barefn fits$/m);
  });

  for (const [name, text] of [
    ['lib.js', 'exports.text = "two"'],
    ['node_modules/pack/index.js', `exports.more = 'less';`],
    ['.barefn/bundle.cache', 'x'],
  ] as const) {
    test(`fails where ${name} has changed`, () => {
      const before = readFileSync(project.path(name));
      project.write({ [name]: text });
      const { code, stderr } = project.run(['--verify', '--target=hello']);
      writeFileSync(project.path(name), before);
      assert.equal(code, 1);
      assert.equal(
        stderr,
        `The build in .barefn does not fit: ${name} has changed. Run: barefn build --target=hello\n`,
      );
    });
  }
});

test('a build that is served by itself says when its source has changed', async () => {
  project.write({ 'lib.js': `exports.text = 'two';\n` });
  const program = await project.serve();
  await program.logged(
    'lib.js has changed since this build was made. Run: barefn build --target=hello\n',
  );
  assert.match(await get(program), /^one/);
});
