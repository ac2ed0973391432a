import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pack, unpack } from '../support/packed';

const directory = mkdtempSync(path.join(os.tmpdir(), 'supply-'));
after(() => rmSync(directory, { recursive: true, force: true }));
unpack(pack(directory), directory, 'barefn');
const packed = path.join(directory, 'node_modules/barefn');
const manifest = JSON.parse(readFileSync(path.join(packed, 'package.json'), 'utf8'));

test('what is published depends on nothing, and runs nothing when it is installed', () => {
  for (const kind of [
    'dependencies',
    'optionalDependencies',
    'bundleDependencies',
    'bundledDependencies',
  ]) {
    assert.equal(manifest[kind], undefined, kind);
  }
  for (const peer of Object.keys(manifest.peerDependencies ?? {})) {
    assert.equal(manifest.peerDependenciesMeta[peer].optional, true, peer);
  }
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare', 'preuninstall']) {
    assert.equal(manifest.scripts?.[hook], undefined, hook);
  }
});

test('its code loads node’s own modules and its own files, and nothing else', () => {
  const everything = readdirSync(packed, { recursive: true, encoding: 'utf8' });
  const files = everything.filter((file) => file.endsWith('.js'));
  assert.ok(files.includes('dist/cli.js') && files.includes('build/src/main.js'));
  const loaded = new Set<string>();
  for (const file of files) {
    const text = readFileSync(path.join(packed, file), 'utf8');
    for (const [, name] of text.matchAll(/\b(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)/g)) {
      loaded.add(name as string);
    }
    assert.doesNotMatch(text, /\beval\(|\bnew Function\(/, file);
  }
  assert.ok(loaded.has('node:http'));
  for (const name of loaded) {
    // The help shows how a function loads the package.
    const isKnown =
      name === 'barefn' ||
      (name.startsWith('node:') && builtinModules.includes(name.slice('node:'.length))) ||
      /^\.\.?\//.test(name);
    assert.ok(isKnown, name);
  }
});

test('nothing of the tarball is a source, a test or a secret', () => {
  const files = readdirSync(packed, { recursive: true, encoding: 'utf8' });
  // Google's package has its code in build/src, and so the paths that people wrote down begin so.
  for (const file of files.map((file) => file.replace(/^build\/src\b/, '')))
    assert.doesNotMatch(file, /(?:^|\/)(?:src|test|\.env|\.npmrc|.*\.map)\b/);
});
