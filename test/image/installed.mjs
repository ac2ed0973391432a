import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

/**
 * Serves packages as they are installed on this machine, the way npm asks a registry for them: in an image
 * npm does not know the certificates of this machine.
 *
 * @param folders the folders of packages; optional dependencies on others are left out
 * @param scratch where to pack them
 */
export async function serveInstalled(folders, scratch) {
  const manifests = folders.map((folder) =>
    JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
  );
  const names = manifests.map(({ name }) => name);
  const packages = new Map(
    manifests.map((manifest, at) => {
      const args = [
        'pack',
        folders[at],
        '--ignore-scripts',
        '--silent',
        '--pack-destination',
        scratch,
      ];
      const file = execFileSync('npm', args, { encoding: 'utf8' }).trim();
      return [manifest.name, { manifest, bytes: readFileSync(path.join(scratch, file)) }];
    }),
  );
  const server = http.createServer((req, res) => {
    const wanted = decodeURIComponent(req.url.slice(1));
    const found = packages.get(wanted.replace(/\.tgz$/, ''));
    if (found === undefined) return res.writeHead(404).end();
    const { manifest, bytes } = found;
    if (wanted.endsWith('.tgz')) return res.end(bytes);
    const { name, version, bin, os, cpu, optionalDependencies: optional = {} } = manifest;
    const optionalDependencies = Object.fromEntries(
      Object.entries(optional).filter(([one]) => names.includes(one)),
    );
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { tarball: `${url}/${name}.tgz`, integrity };
    const whole = { name, version, bin, os, cpu, optionalDependencies, dist };
    res.setHeader('Content-Type', 'application/json');
    res.end(
      JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: whole } }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, close: () => server.close() };
}
