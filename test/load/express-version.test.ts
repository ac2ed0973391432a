import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBelow5 } from '../../src/load/version-range';
import { type Program, serveProgram, startProgram } from '../support/program';

const TELL = `exports.tell = (req, res) => res.json({ body: typeof req.body, param: typeof req.param });`;
const OLDER = { body: 'object', param: 'function' };
const NEWER = { body: 'undefined', param: 'undefined' };
const GOOGLES = '@google-cloud/functions-framework';

describe('a range of versions', () => {
  const below = [
    ...['3', '3.x', '3.*', '3.5', '3.5.1', '=3.5.1', 'v3.5.1', '^3.0.0', '^3', '~4.0.1', '~> 4.0'],
    ...[
      '>=3 <5',
      '>= 3.1.0 < 5.0.0',
      '<5',
      '<5.0.0-0',
      '<5.x',
      '<=4',
      '<=4.9.x',
      '1.2.3 - 4',
      '>=3 <4',
    ],
    ...['^3 || ^4', '2.x||3.x || >=4 <4.5', '4.0.0-beta.1', '^1.0.0', '0.9.0', ' ^3.0.0 '],
    ...['workspace:^3.0.0', 'workspace:~4', 'github:x/y#semver:^3.1', '>4 <4.5'],
  ];
  for (const range of below) {
    test(`${range} asks for a version below 5`, () => assert.equal(isBelow5(range), true));
  }
  const reaching = [
    ...['*', '', 'x', 'X.x', 'latest', 'next', '5', '^5.0.0', '~5.0', '5.x', '^5.0.0-beta', '>=3'],
    ...[
      '>3',
      '>4',
      '>=3.0.0',
      '<5.1',
      '<6',
      '<5.0.1',
      '<=5',
      '<=5.0.0',
      '3 - 5',
      '^3 || ^5',
      '^3 || *',
    ],
    ...['^3 ||', 'workspace:*', 'workspace:^', 'catalog:', 'file:../google', 'file:a-3.5.1.tgz'],
    ...['git+https://example.com/a.git#v3.5.1', 'https://example.com/3.tgz', '10.0.0', '^30'],
  ];
  for (const range of reaching) {
    test(`${range || 'nothing'} does not`, () => assert.equal(isBelow5(range), false));
  }
});

const dependency = (range: string, name = GOOGLES): object => ({ dependencies: { [name]: range } });

/** A program with a package.json, and where it says what of Express. */
interface Given {
  manifest?: object | string;
  args?: string[];
  env?: Record<string, string>;
}

async function tell(program: Program): Promise<unknown> {
  const answer = await (await fetch(program.url)).json();
  program.kill();
  return answer;
}

function settingOf({ manifest, args = [], env = {} }: Given): Parameters<typeof startProgram>[1] {
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest, null, 2);
  const files: Record<string, string> = manifest === undefined ? {} : { 'package.json': text };
  return { args: ['--target=tell', ...args], env, files };
}

describe('a program is served as for Express 4', () => {
  const older: Record<string, Given> = {
    'by its dependency': { manifest: dependency('^3.0.0') },
    'by its dependency, without white space': {
      manifest: `{"dependencies":{"${GOOGLES}":"~4.0.1"}}`,
    },
    'by a dependency for development': {
      manifest: { name: 'a', devDependencies: { [GOOGLES]: '3.x' } },
    },
    'by another name of Google’s package': { manifest: dependency(`npm:${GOOGLES}@^3`, 'ff') },
    'by another version under its name': { manifest: dependency(`npm:${GOOGLES}@3.5.1`) },
    'by its member barefn, whatever it depends on': {
      manifest: { barefn: { express: 4 }, ...dependency('^5.0.0') },
    },
    'by the variable, whatever package.json says': {
      manifest: { barefn: { express: 5 } },
      env: { FUNCTION_EXPRESS: '4' },
    },
    'by the flag, whatever the variable says': {
      args: ['--express=4'],
      env: { FUNCTION_EXPRESS: '5' },
    },
  };
  for (const [how, given] of Object.entries(older)) {
    test(how, async () => {
      assert.deepEqual(await tell(await serveProgram(TELL, settingOf(given))), OLDER);
    });
  }

  test('by the package.json above one that only names the kind of modules', async () => {
    const program = await serveProgram('module.exports = require("./dist/tell.js")', {
      args: ['--target=tell'],
      files: {
        'dist/tell.js': TELL,
        'dist/package.json': '{ "type": "commonjs" }',
        'package.json': JSON.stringify(dependency('^3.0.0')),
      },
    });
    assert.deepEqual(await tell(program), OLDER);
  });
});

describe('a program is served as for Express 5', () => {
  const newer: Record<string, Given> = {
    'without a package.json': {},
    'without Google’s package': { manifest: { name: 'a', dependencies: { barefn: '^1' } } },
    'when it asks for version 5': { manifest: dependency('^5.0.0') },
    'when it would take version 5': { manifest: dependency('>=3') },
    'when it asks for barefn under the name of Google’s package': {
      manifest: dependency('npm:barefn@^3'),
    },
    'when it has an older version beside it under another name': {
      manifest: { dependencies: { [GOOGLES]: '^5.0.0', older: `npm:${GOOGLES}@^3` } },
    },
    'by its member barefn, whatever it depends on': {
      manifest: { barefn: { express: 5 }, ...dependency('^3.0.0') },
    },
    'by the variable, whatever it depends on': {
      manifest: dependency('^3.0.0'),
      env: { FUNCTION_EXPRESS: '5' },
    },
  };
  for (const [how, given] of Object.entries(newer)) {
    test(how, async () => {
      assert.deepEqual(await tell(await serveProgram(TELL, settingOf(given))), NEWER);
    });
  }
});

describe('what is neither 4 nor 5', () => {
  test('is refused as a flag', async () => {
    const program = startProgram(TELL, settingOf({ args: ['--express=3'] }));
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /^--express must be 4 or 5, .*not "3"\.\n$/);
  });

  test('is refused in package.json', async () => {
    const program = startProgram(TELL, settingOf({ manifest: { barefn: { express: 'four' } } }));
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /package\.json: "express" of "barefn" must be 4 or 5, not "four"/);
  });
});

describe('which version it is, and why', () => {
  const reasons: [string, Given, RegExp][] = [
    [
      'a dependency',
      { manifest: dependency('^3.0.0') },
      /^Express: 4 \(\/.*\/package\.json asks for @google-cloud\/functions-framework \^3\.0\.0\)$/m,
    ],
    [
      'package.json',
      { manifest: { barefn: { express: 4 } } },
      /^Express: 4 \("barefn" of \/.*\/package\.json\)$/m,
    ],
    ['the variable', { env: { FUNCTION_EXPRESS: '4' } }, /^Express: 4 \(FUNCTION_EXPRESS\)$/m],
    [
      'the flag',
      { args: ['--express', '4'], env: { FUNCTION_EXPRESS: '5' } },
      /^Express: 4 \(--express\)$/m,
    ],
    ['nothing', {}, /^Express: 5 \(the default\)$/m],
  ];
  for (const [what, given, line] of reasons) {
    test(`is said by --verify: ${what}`, async () => {
      const setting = settingOf({ ...given, args: ['--verify', ...(given.args ?? [])] });
      const program = startProgram(TELL, setting);
      assert.equal(await program.exit(), 0);
      assert.match(program.stdout, line);
    });
  }

  test('is said in a terminal', async () => {
    const env = { FORCE_COLOR: '0' };
    const program = await serveProgram(TELL, settingOf({ manifest: dependency('3.x'), env }));
    await program.until(() => program.stdout.includes('Try:'));
    assert.match(program.stdout, /\nExpress: 4 \(.*asks for .* 3\.x\)\nPage: .*\nTry: /);
    program.kill();
  });

  test('is said by --startup-report', async () => {
    const program = await serveProgram(
      TELL,
      settingOf({ manifest: dependency('3.x'), args: ['--startup-report'] }),
    );
    await program.logged('\n');
    const report = JSON.parse(program.stderr) as Record<string, unknown>;
    assert.equal(report['express'], 4);
    assert.match(
      String(report['expressReason']),
      /asks for @google-cloud\/functions-framework 3\.x$/,
    );
    program.kill();
  });
});
