import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { root } from './support/packed';

const github = path.join(root, '.github');
const read = (file: string): string => readFileSync(path.join(github, file), 'utf8');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

test('the scripts and files that contributors read of are there', () => {
  const texts = ['CONTRIBUTING.md', 'SECURITY.md', 'workflows/ci.yml', 'workflows/release.yml'];
  for (const text of texts.map(read)) {
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g)) {
      assert.ok(Object.hasOwn(manifest.scripts, script), script);
    }
    for (const [, file = ''] of text.matchAll(/\]\((?!https:)([^)]*)\)/g)) {
      assert.ok(existsSync(path.join(github, file)), file);
    }
    for (const [, file = ''] of text.matchAll(/`((?:src|test)\/[\w./-]*)`/g)) {
      assert.ok(existsSync(path.join(root, file)), file);
    }
  }
  assert.ok(readdirSync(path.join(github, 'ISSUE_TEMPLATE')).includes('bug.yml'));
});

test('CI runs the Nodes that are promised', () => {
  const [, matrix = ''] = /node: \[(.*)\]/.exec(read('workflows/ci.yml')) ?? [];
  const readme = readFileSync(path.join(root, 'test/frameworks/README.md'), 'utf8');
  const [, promised = ''] = /\| Runtimes \| Node ([\d., ]+);/.exec(readme) ?? [];
  const majors = promised.split(', ').map((version) => version.split('.')[0]);
  assert.deepEqual(matrix.split(', '), majors);
});

test('a release is refused until package.json, tag and changelog are complete', (t) => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'release-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const check = (fields: object, changelog: string, tag: string): string[] => {
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify(fields));
    writeFileSync(path.join(directory, 'CHANGELOG.md'), `# Changelog\n\n${changelog}\n`);
    const command = [path.join(github, 'check-release.mjs'), tag];
    const { status, stderr } = spawnSync(process.execPath, command, {
      cwd: directory,
      encoding: 'utf8',
    });
    const problems = stderr.split('\n').filter(Boolean);
    assert.equal(status, problems.length > 0 ? 1 : 0, stderr);
    return problems;
  };
  const complete = {
    version: '1.2.3',
    repository: { type: 'git', url: 'git+https://github.com/o/n.git' },
    bugs: 'https://github.com/o/n/issues',
  };
  assert.deepEqual(check(complete, '## [1.2.3] - 2026-01-02', 'v1.2.3'), []);
  const problems = check({ version: '1.2.3' }, '## [1.2.3] - Unreleased', 'v1.2.4');
  assert.equal(problems.length, 4);
  assert.match(problems.join('\n'), /no "repository".*\n.*no "bugs".*\n.*tag.*\n.*CHANGELOG/);
});
