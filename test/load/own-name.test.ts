import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { serveProgram, startProgram } from '../support/program';

// Where Google's real package is installed, and barefn is not.
const app = mkdtempSync(path.join(os.tmpdir(), 'own-name-'));
symlinkSync(path.resolve(__dirname, '../../node_modules'), path.join(app, 'node_modules'));
after(() => rmSync(app, { recursive: true, force: true }));

for (const name of ['@google-cloud/functions-framework', 'barefn']) {
  test(`a function that requires ${name} is registered with the program that runs`, async () => {
    const file = path.join(app, 'registers.js');
    const text = `const { http } = require('${name}');
      http('hello', (req, res) => res.send('Hello'));`;
    writeFileSync(file, text);
    const program = await serveProgram('', { args: [`--source=${file}`, '--target=hello'] });
    const response = await fetch(`${program.url}/`);
    assert.equal(await response.text(), 'Hello');
    program.kill();
  });
}

test('tools can replace what the program that runs gives', async () => {
  const file = path.join(app, 'replaces.js');
  const text = `const framework = require('barefn');
    const { http } = framework;
    Object.defineProperty(framework, 'http', { get: () => (name, handler) => http('traced', handler) });
    require('barefn').http('hello', (req, res) => res.send(String(framework.default === framework)));`;
  writeFileSync(file, text);
  const program = await serveProgram('', { args: [`--source=${file}`, '--target=traced'] });
  assert.equal(await (await fetch(`${program.url}/`)).text(), 'true');
  program.kill();
});

test('an ES module that imports Google’s package gets the advice to alias it', async () => {
  const file = path.join(app, 'registers.mjs');
  const text = `import { http } from '@google-cloud/functions-framework';
    http('hello', (req, res) => res.send('Hello'));`;
  writeFileSync(file, text);
  const program = startProgram('', { args: [`--source=${file}`, '--target=hello'] });
  assert.equal(await program.exit(), 1);
  assert.match(program.stderr, /npm install @google-cloud\/functions-framework@npm:barefn/);
});
