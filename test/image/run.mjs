// Builds the Dockerfile of test/recipes/README.md as it stands, and runs what comes out: npm run test:image
// The images it begins with and the registry it installs from are stood in for: nothing is fetched
// but Node, from npm. Without buildah, or root, it is skipped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { install } from '../runtimes/install.mjs';
import { startRegistry } from '../support/registry';
import { buildBases } from './base-images.mjs';
import { createBuildah, whyNot } from './buildah.mjs';
import { startContainer } from './container.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const skip = whyNot() ?? false;

describe('the Dockerfile of the recipes', { skip }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'image-'));
  const context = path.join(directory, 'context');
  const dockerfile = path.join(directory, 'Dockerfile');
  const buildah = createBuildah(directory);
  const running = [];
  let registry;

  before(async () => {
    const readme = readFileSync(path.join(root, 'test/recipes/README.md'), 'utf8');
    writeFileSync(dockerfile, /```dockerfile\n(.*?)```/s.exec(readme)[1]);
    cpSync(path.join(root, 'test/recipes/function'), context, { recursive: true });
    const manifest = JSON.parse(readFileSync(path.join(context, 'package.json'), 'utf8'));
    manifest.devDependencies = { 'only-dev': '^1.0.0' };
    writeFileSync(path.join(context, 'package.json'), JSON.stringify(manifest));
    mkdirSync(path.join(context, 'node_modules/of-this-machine'), { recursive: true });
    registry = await startRegistry(pack(), ['barefn', 'only-dev']);
    const [node] = install('node-24');
    await buildBases(buildah, directory, node, registry.url);
  });
  after(() => {
    for (const container of running) container.kill();
    registry?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('leaves an image with the function and what it needs, and a compile cache', async () => {
    const output = await buildah.build(context, dockerfile, 'hello');
    assert.match(output, /^OK: hello, http function of \/app\/index.js$/m);
    const image = await buildah.open('hello');
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
    assert.deepEqual(modules.sort(), ['.package-lock.json', 'barefn']);
    assert.ok(!existsSync(path.join(image.root, 'bin/sh')));
  });

  test('cannot be built where the function cannot be loaded', async () => {
    const broken = path.join(directory, 'broken');
    cpSync(context, broken, { recursive: true });
    writeFileSync(path.join(broken, 'index.js'), "require('./orders');");
    await assert.rejects(buildah.build(broken, dockerfile, 'broken'), /Cannot find module/);
  });

  test('serves on PORT with a read-only root, by the compile cache', async () => {
    const container = await start({ NODE_DEBUG_NATIVE: 'COMPILE_CACHE' });
    const answer = await fetch(`http://127.0.0.1:${container.port}?name=Ada`);
    assert.equal(await answer.text(), 'Hello, Ada!\n');
    assert.match(container.output, /cache for CommonJS \/app\/index\.js was accepted/);
    assert.equal(await container.stop('SIGTERM'), 0);
  });

  test('answers what is in flight at SIGTERM as PID 1', async () => {
    const container = await start();
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

  function pack() {
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
    const file = execFileSync('npm', args, { cwd: root, encoding: 'utf8' });
    return path.join(directory, file.trim());
  }

  async function start(env) {
    const port = await freePort();
    const image = await buildah.open('hello');
    const container = await startContainer(image, image.Cmd, { ...env, PORT: String(port) });
    running.push(container);
    await container.opened(port);
    return Object.assign(container, { port });
  }
});

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
