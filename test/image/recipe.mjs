import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { install } from '../runtimes/install.mjs';
import { startRegistry } from '../support/registry';
import { buildBases } from './base-images.mjs';
import { createBuildah } from './buildah.mjs';
import { startContainer } from './container.mjs';

export const root = path.resolve(import.meta.dirname, '../..');

/** A Dockerfile of test/recipes/README.md, as it stands there, and the program that it is for. */
export class Recipe {
  directory = mkdtempSync(path.join(os.tmpdir(), 'image-'));
  context = path.join(this.directory, 'context');
  #buildah = createBuildah(this.directory);
  #dockerfile = path.join(this.directory, 'Dockerfile');
  #running = [];
  #registry;

  /**
   * @param {number} index which of the Dockerfiles, from 0
   * @param {string} program its folder in test/recipes
   */
  constructor(index, program) {
    const readme = readFileSync(path.join(root, 'test/recipes/README.md'), 'utf8');
    const [, text] = [...readme.matchAll(/```dockerfile\n(.*?)```/gs)][index];
    writeFileSync(this.#dockerfile, text);
    cpSync(path.join(root, 'test/recipes', program), this.context, { recursive: true });
  }

  /**
   * Makes the images that it begins with, whose npm asks a registry for what was packed here.
   *
   * @param {string[]} names the packages that the registry has
   * @param {string} [other] a registry that has others
   */
  async prepare(names, other) {
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', this.directory];
    const file = execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim();
    this.#registry = await startRegistry(path.join(this.directory, file), names, other);
    const [node] = install('node-24');
    await buildBases(this.#buildah, this.directory, node, this.#registry.url);
  }

  /** Builds an image. Resolves with what was printed; rejects with that where it fails. */
  build(image, context = this.context) {
    return this.#buildah.build(context, this.#dockerfile, image);
  }

  /** The configuration of an image, and its files as the folder `root`. */
  open(image) {
    return this.#buildah.open(image);
  }

  /** Runs an image. Resolves once it listens on its `port`. */
  async start(image, { args, env } = {}) {
    const port = await freePort();
    const opened = await this.open(image);
    const all = { ...env, PORT: String(port) };
    const container = await startContainer(opened, args ?? opened.Cmd, all);
    this.#running.push(container);
    await container.opened(port);
    return Object.assign(container, { port });
  }

  close() {
    for (const container of this.#running) container.kill();
    this.#registry?.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
