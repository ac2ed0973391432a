// Builds the Dockerfile of test/recipes/README.md as it stands, and runs what comes out: npm run test:image
// The images it begins with and the registry it installs from are stood in for: nothing is fetched
// but Node, from npm. Without buildah, or root, it is skipped.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { whyNot } from './buildah.mjs';
import { Recipe } from './recipe.mjs';

const skip = whyNot() ?? false;

describe('the Dockerfile of the recipes', { skip }, () => {
  let recipe;

  before(async () => {
    recipe = new Recipe(0, 'function');
    const { context } = recipe;
    const manifest = JSON.parse(readFileSync(path.join(context, 'package.json'), 'utf8'));
    manifest.devDependencies = { 'only-dev': '^1.0.0' };
    writeFileSync(path.join(context, 'package.json'), JSON.stringify(manifest));
    mkdirSync(path.join(context, 'node_modules/of-this-machine'), { recursive: true });
    await recipe.prepare(['barefn', 'only-dev']);
  });
  after(() => recipe?.close());

  test('leaves an image with the function and what it needs, and a compile cache', async () => {
    const output = await recipe.build('hello');
    assert.match(output, /^OK: hello, http function of \/app\/index.js$/m);
    const image = await recipe.open('hello');
    assert.equal(image.User, '65532');
    assert.deepEqual(readdirSync(path.join(image.root, 'app')).sort(), [
      '.cache',
      '.dockerignore',
      'index.js',
      'node_modules',
      'package-lock.json',
      'package.json',
    ]);
    const modules = readdirSync(path.join(image.root, 'app/node_modules'));
    assert.deepEqual(modules.sort(), ['.bin', '.package-lock.json', 'barefn']);
    assert.ok(!existsSync(path.join(image.root, 'bin/sh')));
  });

  test('cannot be built where the function cannot be loaded', async () => {
    const broken = path.join(recipe.directory, 'broken');
    cpSync(recipe.context, broken, { recursive: true });
    writeFileSync(path.join(broken, 'index.js'), "require('./orders');");
    await assert.rejects(recipe.build('broken', broken), /Cannot find module/);
  });

  test('serves on PORT with a read-only root, by the compile cache', async () => {
    const container = await recipe.start('hello', { env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' } });
    const answer = await fetch(`http://127.0.0.1:${container.port}?name=Ada`);
    assert.equal(await answer.text(), 'Hello, Ada!\n');
    assert.match(container.output, /cache for CommonJS \/app\/index\.js was accepted/);
    assert.equal(await container.stop('SIGTERM'), 0);
  });

  test('answers what is in flight at SIGTERM as PID 1', async () => {
    const container = await recipe.start('hello');
    const socket = net.connect(container.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n1');
    await delay(100);
    const stopped = container.stop('SIGTERM');
    await delay(100);
    socket.write('2');
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    assert.match(answer, /^HTTP\/1.1 200 OK\r\n/);
    assert.match(answer, /^Connection: close\r\n/m);
    assert.equal(await stopped, 0);
    assert.equal(container.output, 'closed\n');
  });
});
