import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';

/** Serves one tarball under several names, as version 1.0.0, the way npm asks a registry for it. */
export async function startRegistry(tarball, names) {
  const bytes = readFileSync(tarball);
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const server = http.createServer((req, res) => {
    const name = decodeURIComponent(req.url.slice(1));
    if (name.endsWith('.tgz')) return res.end(bytes);
    if (!names.includes(name)) return res.writeHead(404).end();
    const dist = { tarball: `${url}/${name}.tgz`, integrity };
    const versions = { '1.0.0': { name, version: '1.0.0', dist } };
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ name, 'dist-tags': { latest: '1.0.0' }, versions }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, close: () => server.close() };
}
