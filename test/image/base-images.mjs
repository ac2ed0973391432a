import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Builds images with the names of the two that the Dockerfile begins with, from a Node and this
 * machine's C library: one with a shell and npm, one with nothing, whose user is no root.
 */
export async function buildBases(buildah, directory, node, registry) {
  const slim = rootOf(path.join(directory, 'slim'));
  for (const program of ['/bin/sh', '/usr/bin/env']) install(program, slim, program);
  install(node, slim, '/usr/local/bin/node');
  const modules = execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim();
  cpSync(path.join(modules, 'npm'), path.join(slim, 'usr/local/lib/npm'), { recursive: true });
  symlinkSync('../lib/npm/bin/npm-cli.js', path.join(slim, 'usr/local/bin/npm'));
  await build(slim, 'docker.io/library/node:24-slim', [
    'ENV PATH=/usr/local/bin:/usr/bin:/bin',
    `ENV npm_config_registry=${registry}`,
  ]);

  const distroless = rootOf(path.join(directory, 'distroless'));
  install(node, distroless, '/nodejs/bin/node');
  await build(distroless, 'gcr.io/distroless/nodejs24-debian12:nonroot', [
    'WORKDIR /home/nonroot',
    'USER 65532',
    'ENTRYPOINT ["/nodejs/bin/node"]',
  ]);

  function build(root, name, lines) {
    const dockerfile = `${root}.dockerfile`;
    writeFileSync(dockerfile, ['FROM scratch', 'COPY . /', ...lines].join('\n'));
    return buildah.build(root, dockerfile, name);
  }
}

/** A folder with what every image has. */
function rootOf(root) {
  for (const name of ['dev', 'etc', 'proc', 'root', 'tmp', 'home/nonroot']) {
    mkdirSync(path.join(root, name), { recursive: true });
  }
  chmodSync(path.join(root, 'tmp'), 0o1777);
  const users = ['root:x:0:0::/root:/bin/sh', 'nonroot:x:65532:65532::/home/nonroot:/sbin/nologin'];
  writeFileSync(path.join(root, 'etc/passwd'), users.join('\n'));
  return root;
}

/** Copies a program, and the libraries that it is linked with. */
function install(program, root, target) {
  const linked = execFileSync('ldd', [program], { encoding: 'utf8' });
  const libraries = [...linked.matchAll(/(\/\S+) \(0x/g)].map(([, library]) => library);
  for (const [from, to] of [[program, target], ...libraries.map((library) => [library, library])]) {
    const file = path.join(root, to);
    mkdirSync(path.dirname(file), { recursive: true });
    cpSync(realpathSync(from), file);
  }
}
