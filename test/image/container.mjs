import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs an image's command as its user, as PID 1 of a namespace, with a root that cannot be written.
 * The network is this machine's.
 */
export async function startContainer(image, args, env) {
  const [uid] = image.User.split(':');
  const as = `--root="$0" --wd="${image.WorkingDir}" --setgid=${uid} --setuid=${uid}`;
  const script = `set -e
    mount --bind "$0" "$0"
    mount -t tmpfs tmpfs "$0/dev"
    for name in null urandom; do touch "$0/dev/$name"; mount --bind /dev/$name "$0/dev/$name"; done
    mount -o remount,bind,ro "$0"
    exec unshare --pid --fork --kill-child --mount-proc ${as} -- "$@"`;
  const words = ['--mount', 'sh', '-c', script, image.root, ...image.Entrypoint, ...args];
  const child = spawn('unshare', words, {
    env: { ...Object.fromEntries(image.Env.map((pair) => pair.split(/=(.*)/s))), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const container = {
    output: '',
    /** Sends a signal to PID 1, and tells its exit code. */
    async stop(signal) {
      process.kill(await firstOf(child.pid), signal);
      const [code] = await closed;
      return code;
    },
    kill: () => child.kill('SIGKILL'),
    /** Resolves once the port can be connected to. */
    async opened(port) {
      while (!(await canConnect(port))) {
        if (child.exitCode !== null) throw new Error(container.output);
        await delay(10);
      }
    },
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      container.output += chunk;
    });
  }
  return container;
}

/** The PID 1 of the namespace that the process made, by its number out here. */
async function firstOf(pid) {
  for (;;) {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    if (children !== '') return Number(children.split(' ')[0]);
    await delay(5);
  }
}

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(Boolean(socket.destroy())));
    socket.on('error', () => resolve(false));
  });
}
