import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pack } from '../support/packed';

const directory = mkdtempSync(path.join(os.tmpdir(), 'runners-'));
after(() => rmSync(directory, { recursive: true, force: true }));

describe('the example of tests', () => {
  before(() => {
    cpSync(path.join(__dirname, 'testing'), directory, { recursive: true });
    const args = ['install', '--no-audit', '--no-fund', '--silent', pack(directory)];
    execFileSync('npm', args, { cwd: directory, stdio: 'pipe' });
  });

  for (const runner of ['node', 'vitest', 'jest']) {
    test(`passes with ${runner}`, () => {
      // Without what the runner of this file sets for its own children.
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const { status, stdout, stderr } = spawnSync('npm', ['run', `test:${runner}`], {
        cwd: directory,
        encoding: 'utf8',
        env,
      });
      assert.equal(status, 0, stdout + stderr);
    });
  }
});
