import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Why images cannot be built here, or undefined. */
export function whyNot() {
  if (process.platform !== 'linux') return 'Images are built on Linux only.';
  if (process.getuid() !== 0) return 'Images are built as root only.';
  for (const [command, name] of [
    ['buildah', 'buildah'],
    ['unshare', 'util-linux'],
  ]) {
    try {
      execFileSync(command, ['--version'], { stdio: 'ignore' });
    } catch {
      return `${command} is missing. Install it: apt-get install ${name}`;
    }
  }
  return undefined;
}

/** Buildah with a storage of its own in `directory`, which asks no registry. */
export function createBuildah(directory) {
  const storage = ['--storage-driver', 'vfs', '--root', path.join(directory, 'storage')];
  const global = [...storage, '--runroot', path.join(directory, 'run')];

  /** Resolves with what it printed; rejects with that where it fails. */
  async function run(...args) {
    const child = spawn('buildah', [...global, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(output);
    return output;
  }

  return {
    build(context, dockerfile, name) {
      const how = ['--isolation', 'chroot', '--pull-never', '--file', dockerfile];
      return run('build', ...how, '--tag', name, context);
    },

    /** What an image's runtime would get: its configuration, and its files as a folder. */
    async open(name) {
      const container = (await run('from', '--pull-never', name)).trim();
      const inspected = await run('inspect', '--type', 'image', name);
      const root = (await run('mount', container)).trim();
      return { root, ...JSON.parse(inspected).OCIv1.config };
    },
  };
}
