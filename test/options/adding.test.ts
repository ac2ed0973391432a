import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const root = path.join(__dirname, '../..');
const copy = mkdtempSync(path.join(os.tmpdir(), 'adding-'));
after(() => rmSync(copy, { recursive: true, force: true }));

for (const name of ['src', 'test/options', 'tsconfig.json', 'package.json', 'README.md']) {
  cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
}
symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));

const ROW = "colour: { flag: 'colour', env: 'FUNCTION_COLOUR', initial: 'red', read: readText },";
const TEXT = "colour: { value: '<name>', about: 'The colour of the output.' },";

test('an option is a row in the table, which does not compile without a text and a default', () => {
  addTo('src/options/table.ts', '  return {', ROW);
  const { stdout, status } = run(['node_modules/typescript/bin/tsc']);
  assert.notEqual(status, 0);
  assert.match(stdout, /src\/options\/texts\.ts.*Property 'colour' is missing/);
  assert.match(stdout, /src\/options\/usual\.ts.*Property 'colour' is missing/);
  assert.equal(stdout.match(/error TS/g)?.length, 2, stdout);
});

test('with all three it is a typed option, a flag, a variable, in --help and in the README', () => {
  addTo('src/options/texts.ts', 'OptionText } = {', TEXT);
  addTo('src/options/usual.ts', '    targetGiven: false,', "    colour: 'red',");
  writeFileSync(
    path.join(copy, 'test/use.ts'),
    `import { helpText } from '../src/options/help';
    import { parseOptions } from '../src/options/options';
    import { optionsTable } from './options/readme-table';
    const colours: string[] = [
      parseOptions([], {}).colour,
      parseOptions(['--colour=blue'], { FUNCTION_COLOUR: 'green' }).colour,
      parseOptions([], { FUNCTION_COLOUR: 'green' }).colour,
    ];
    process.stdout.write([colours, helpText(), optionsTable()].join('\\n'));`,
  );
  const compiled = run(['node_modules/typescript/bin/tsc']);
  assert.equal(compiled.stdout, '');
  const { stdout } = run(['--import', 'tsx', 'test/use.ts']);
  assert.match(stdout, /^red,blue,green\n/);
  assert.match(
    stdout,
    /^ {2}--colour <name>\n.*\n {6}Environment: FUNCTION_COLOUR\. Default: red\.$/m,
  );
  assert.match(
    stdout,
    /^\| `--colour` \| `FUNCTION_COLOUR` \| red \| The colour of the output\. \|$/m,
  );
});

function addTo(file: string, line: string, text: string): void {
  const full = path.join(copy, file);
  const before = readFileSync(full, 'utf8');
  assert.ok(before.includes(`${line}\n`));
  writeFileSync(full, before.replace(`${line}\n`, `${line}\n${text}\n`));
}

function run(args: readonly string[]): { stdout: string; status: number | null } {
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
}
