import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import express from 'express';
import type { TrustProxy, TrustTest } from '../../src/http/request/trust-proxy';
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

const typed: [name: string, setting: boolean | number | string | string[] | TrustTest][] = [
  ['none of a list', []],
  ['a list', ['127.0.0.1', '10.0.0.0/8']],
  ['a list with names', ['loopback', 'fd00::/8']],
  ['a netmask', '127.0.0.0/255.0.0.0'],
  ['netmasks of different lengths', ['127.0.0.1/255.255.255.255', '10.0.0.3/255.255.255.254']],
  ['a netmask that stands in the middle of a byte', '127.0.0.0/255.128.0.0, 10.0.0.0/255.240.0.0'],
  ['an IPv4 subnet in IPv6 notation', ['::ffff:7f00:0/104', '::ffff:a00:0/104']],
  ['addresses of IPv4 in IPv6 notation', ['::ffff:127.0.0.1', '::ffff:a00:1']],
  ['hops', 2],
  ['no hop', 0],
  ['nobody', false],
  ['a function', (address, hop) => hop < 2 || address === '10.1.1.1'],
];

for (const [name, setting] of typed) {
  test(`the option trustProxy: ${name} believes what Express's setting believes`, async () => {
    await believesLikeExpress(setting, setting);
  });
}

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
    await believesLikeExpress(trustProxy, trustProxy);
  });
}

async function believesLikeExpress(
  setting: unknown,
  trustProxy: TrustProxy | undefined,
): Promise<void> {
  const app = express();
  app.set('trust proxy', setting);
  app.get('/', report);
  for (const host of ['127.0.0.1', '::']) {
    const theirs = await listen(http.createServer(app), host);
    const ours = await listen(createServer(report, { trustProxy }), host);
    for (const headers of forwarded) {
      const expected = await ask(theirs, headers);
      assert.deepEqual(await ask(ours, headers), expected, JSON.stringify(headers));
    }
  }
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

const NO_ADDRESS = [
  ...['', 'yes', 'blargh', '1.2.3', '10.0.300.1', '-1', '::ffff:30.168.1.9000'],
  ...[
    '10.0.0.0/33',
    '10.0.0.1/6000',
    '10.0.0.1/internet',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    '10.0.0.0/',
  ],
  ...['::1/129', '::1/6000', '::ffff:a00:2/136', '::ffff:a00:2/-1'],
  ...['10.0.0.1/255.0.255.0', '10.0.0.1/255.255.255.256', '10.0.0.1/ffc0::'],
  ...['fe80::/ffc0::', 'fe80::/255.255.255.0', '::ffff:a00:2/255.255.255.0'],
];

test('a text that is not an address is rejected in one line, as a flag, a variable and an option', () => {
  for (const text of NO_ADDRESS) {
    const sources: [name: string, read: () => unknown][] = [
      ['--trust-proxy', () => parseOptions([`--trust-proxy=${text}`], {})],
      ['FUNCTION_TRUST_PROXY', () => parseOptions([], { FUNCTION_TRUST_PROXY: text })],
      ['trustProxy', () => createServer(report, { trustProxy: text })],
      ['trustProxy', () => createServer(report, { trustProxy: ['loopback', text] })],
    ];
    for (const [name, read] of sources) {
      const message = new RegExp(`^${name}: "[^\n]*" is not an address\\. [^\n]+$`);
      assert.throws(read, { code: 'INVALID_OPTION', message }, `${name} ${text}`);
    }
  }
});

test('an option that is of no type that Express takes is refused', () => {
  for (const trustProxy of [Number.NaN, -1, 1.5, {}, [5], [[]], Symbol('x'), 5n]) {
    const make = (): unknown => createServer(report, { trustProxy: trustProxy as number });
    assert.throws(make, { message: /^trustProxy: "[^"]*" is not an address\. / });
  }
});

test('a list that changes after the server was made changes nothing', async () => {
  const trustProxy = ['127.0.0.1'];
  const port = await listen(createServer(report, { trustProxy }), '127.0.0.1');
  const { ip: before } = (await ask(port, { 'x-forwarded-for': '1.2.3.4' })) as { ip: string };
  trustProxy.pop();
  trustProxy.push('blargh');
  const { ip: after } = (await ask(port, { 'x-forwarded-for': '1.2.3.5' })) as { ip: string };
  assert.deepEqual([before, after], ['1.2.3.4', '1.2.3.5']);
});

test('req.app.set refuses a bad setting at once, as in Express', async () => {
  const answer = async (
    handle: (req: any, res: any) => void,
    isOurs: boolean,
  ): Promise<unknown> => {
    const app = express().use(handle);
    return ask(
      await listen(isOurs ? createServer(handle) : http.createServer(app), '127.0.0.1'),
      {},
    );
  };
  const set = (req: any, res: any): void => {
    const errors = ['blargh', '10.0.0.1/6000', [], null, 1, 'loopback'].map((value) => {
      try {
        req.app.set('trust proxy', value);
        return 'taken';
      } catch {
        return 'refused';
      }
    });
    res.json(errors);
  };
  assert.deepEqual(await answer(set, true), await answer(set, false));
});
