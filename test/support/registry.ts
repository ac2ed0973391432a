import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry for npm on this machine. */
export interface Registry {
  url: string;
  close(): void;
}

/**
 * Serves one tarball under several names, as version 1.0.0, the way npm asks a registry for it.
 * @param elsewhere the registry that has all other packages. Default: none, they are 404
 */
export async function startRegistry(
  tarball: string,
  names: string[],
  elsewhere?: string,
): Promise<Registry> {
  const bytes = readFileSync(tarball);
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const server = http.createServer((req, res) => {
    const name = decodeURIComponent(req.url?.slice(1) ?? '');
    if (names.includes(name.replace(/\.tgz$/, '')) && name.endsWith('.tgz')) return res.end(bytes);
    if (!names.includes(name)) return sendElsewhere(req, res);
    const dist = { tarball: `${url}/${name}.tgz`, integrity };
    const bin = { barefn: 'dist/cli.js', 'functions-framework': 'dist/cli.js' };
    const versions = { '1.0.0': { name, version: '1.0.0', dist, bin } };
    res.setHeader('Content-Type', 'application/json');
    return res.end(JSON.stringify({ name, 'dist-tags': { latest: '1.0.0' }, versions }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close() };

  function sendElsewhere(req: http.IncomingMessage, res: http.ServerResponse): unknown {
    if (elsewhere === undefined) return res.writeHead(404).end();
    const location = `${elsewhere.replace(/\/$/, '')}${req.url}`;
    return res.writeHead(302, { Location: location }).end();
  }
}
