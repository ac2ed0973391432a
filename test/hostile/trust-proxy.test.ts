import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import express from 'express';
import { parseOptions } from '../../src/options/options';
import { createServer } from '../../src/server';

const report = (req: any, res: any): void => {
  const { ip, ips, protocol, secure, host, hostname } = req;
  res.json({ ip, ips, protocol, secure, host, hostname });
};

const servers: http.Server[] = [];
after(() => {
  for (const server of servers) server.close().closeAllConnections();
});

async function listen(server: http.Server, host: string): Promise<number> {
  servers.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const forwarded = [
  {},
  { 'x-forwarded-for': '1.2.3.4' },
  { 'x-forwarded-for': '1.2.3.4, 10.0.0.1' },
  { 'x-forwarded-for': '6.6.6.6, 1.2.3.4, 10.1.1.1, 10.0.0.1, 127.0.0.1' },
  { 'x-forwarded-for': '1.2.3.4, fd00::1, ::1' },
  { 'x-forwarded-for': 'unknown, 10.0.0.1' },
  { 'x-forwarded-for': '1.2.3.4, 10.0.0.1:99' },
  { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'a.example:81, b.example' },
  {
    'x-forwarded-for': '1.2.3.4, 169.254.3.3',
    'x-forwarded-proto': 'https, http',
    'x-forwarded-host': 'a.example',
  },
];

for (const setting of [
  'true',
  'false',
  '0',
  '1',
  '2',
  '9',
  'loopback',
  'loopback, linklocal, uniquelocal',
  '127.0.0.1/8,10.0.0.0/24',
  '::1,127.0.0.1',
  '10.0.0.1',
]) {
  test(`--trust-proxy=${setting} believes what Express's setting believes`, async () => {
    const { trustProxy } = parseOptions([`--trust-proxy=${setting}`], {});
    const app = express();
    app.set('trust proxy', trustProxy);
    app.get('/', report);
    for (const host of ['127.0.0.1', '::']) {
      const theirs = await listen(http.createServer(app), host);
      const ours = await listen(createServer(report, { trustProxy }), host);
      for (const headers of forwarded) {
        const expected = await ask(theirs, headers);
        assert.deepEqual(await ask(ours, headers), expected, JSON.stringify(headers));
      }
    }
  });
}

async function ask(port: number, headers: Record<string, string>): Promise<unknown> {
  const fields = { Host: 'own.example:80', ...headers };
  const outgoing = http.get({ port, host: '127.0.0.1', headers: fields, agent: false });
  const [response] = (await once(outgoing, 'response')) as [http.IncomingMessage];
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  return JSON.parse(text);
}

test('each server of a process has its own setting, and others keep the default', async () => {
  const settings = [undefined, false, true, '10.0.0.0/8', undefined];
  const ports = await Promise.all(
    settings.map((trustProxy) => listen(createServer(report, { trustProxy }), '127.0.0.1')),
  );
  const headers = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' };
  const seen = [];
  for (const port of ports) {
    const { ip, protocol } = (await ask(port, headers)) as { ip: string; protocol: string };
    seen.push(`${protocol} ${ip}`);
  }
  const [believed, own] = ['https 1.2.3.4', 'http 127.0.0.1'];
  assert.deepEqual(seen, [believed, own, believed, own, believed]);
});

test('req.app can be replaced where the server has its own setting, too', async () => {
  const replace = (req: any, res: any): void => {
    req.app = { get: () => false };
    report(req, res);
  };
  const port = await listen(createServer(replace, { trustProxy: true }), '127.0.0.1');
  const { ip } = (await ask(port, { 'x-forwarded-for': '1.2.3.4' })) as { ip: string };
  assert.equal(ip, '127.0.0.1');
});

test('what is no address is refused in one line', () => {
  for (const text of ['', 'yes', '1.2.3', '10.0.0.0/33', '::1/129', '10.0.0.0/8/8', '10.0.0.0/x']) {
    assert.throws(() => parseOptions([`--trust-proxy=${text}`], {}), {
      message: /^--trust-proxy: ".*" is no address\. [^\n]+$/,
    });
  }
});
