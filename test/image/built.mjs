// Builds the Dockerfile of a build in test/recipes/README.md as it stands, and runs what comes out, as
// run.mjs does for the other one: npm run test:image.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
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
import { install } from '../runtimes/install.mjs';
import { startRegistry } from '../support/registry';
import { buildBases } from './base-images.mjs';
import { createBuildah, whyNot } from './buildah.mjs';
import { startContainer } from './container.mjs';
import { serveInstalled } from './installed.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const skip = whyNot() ?? false;

describe('the Dockerfile of a build', { skip }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'built-image-'));
  const context = path.join(directory, 'context');
  const dockerfile = path.join(directory, 'Dockerfile');
  const buildah = createBuildah(directory);
  const running = [];
  let esbuild;
  let registry;
  let output;

  before(async () => {
    const readme = readFileSync(path.join(root, 'test/recipes/README.md'), 'utf8');
    const [, own] = [...readme.matchAll(/```dockerfile\n(.*?)```/gs)];
    writeFileSync(dockerfile, own[1]);
    cpSync(path.join(root, 'test/recipes/built'), context, { recursive: true });
    const modules = path.join(root, 'node_modules');
    const platform = `@esbuild/${process.platform}-${process.arch}`;
    esbuild = await serveInstalled(
      ['esbuild', platform].map((name) => path.join(modules, name)),
      directory,
    );
    registry = await startRegistry(pack(), ['barefn'], esbuild.url);
    const [node] = install('node-24');
    await buildBases(buildah, directory, node, registry.url);
    output = await buildah.build(context, dockerfile, 'built');
  });
  after(() => {
    for (const container of running) container.kill();
    esbuild?.close();
    registry?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('leaves an image of the build alone', async () => {
    assert.match(output, /^One call \(200\), as from the source; compiled code of /m);
    assert.match(output, /^The build needs neither node_modules nor the source\.$/m);
    const image = await buildah.open('built');
    assert.equal(image.User, '65532');
    assert.deepEqual(readdirSync(path.join(image.root, 'app')), ['.barefn']);
    assert.ok(!existsSync(path.join(image.root, 'bin/sh')));
  });

  test('serves with a read-only root, by the compiled code, and drains as PID 1', async () => {
    const port = await freePort();
    const image = await buildah.open('built');
    const container = await startContainer(image, ['--startup-report'], { PORT: String(port) });
    running.push(container);
    await container.opened(port);
    const answer = await fetch(`http://127.0.0.1:${port}?name=Ada`);
    assert.equal(await answer.text(), 'Hello, Ada!\n');
    assert.match(container.output, /"codeCache":"used"/);
    assert.equal(await container.stop('SIGTERM'), 0);
    assert.match(container.output, /closed\n$/);
  });

  function pack() {
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
    const file = execFileSync('npm', args, { cwd: root, encoding: 'utf8' });
    return path.join(directory, file.trim());
  }
});

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
