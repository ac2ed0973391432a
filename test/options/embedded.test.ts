import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { checkOptions } from '../../src/options/check';
import { parseOptions } from '../../src/options/options';
import { type OptionRow, type OptionTable, optionTable } from '../../src/options/table';
import { createServer, type ServerOptions } from '../../src/server';
import { getTestServer, invoke } from '../../src/testing';

const hello = (_req: unknown, res: any): void => res.send('hello');

const REFUSED: [option: keyof ServerOptions, values: unknown[]][] = [
  ['signatureType', ['bogus', 'HTTP', 5, {}]],
  ['bodyLimit', ['x', '1tb', '', Number.NaN, -1, 1.5, {}, true]],
  ['timeout', ['x', Number.NaN, -1, Number.POSITIVE_INFINITY, true]],
  ['ignoredRoutes', ['/a{', '/a}', ['/a'], 5]],
  ['maxEventAge', ['x', '', Number.NaN, -1, Number.POSITIVE_INFINITY]],
  ['webhookAllowedOrigins', [5, ['a.test']]],
  ['headersTimeout', ['x', Number.NaN, -1]],
  ['requestTimeout', ['x', Number.NaN, -5]],
  ['keepAliveTimeout', ['x', Number.NaN, -1]],
  ['maxConcurrency', ['x', '1.5', Number.NaN, -1, 1.5]],
  ['trustProxy', ['blargh', '10.0.0.1/6000', Number.NaN]],
  ['healthPath', ['healthz', '/a b', '/a?b', 5]],
  ['http2', [1, {}]],
];

test('an option that a flag would refuse is refused when the server is made, and named', () => {
  for (const [option, values] of REFUSED) {
    const name = option === 'signatureType' ? 'Function signature type' : option;
    for (const value of values) {
      const options = { [option]: value } as ServerOptions;
      const sources = [
        () => createServer(hello, options),
        () => getTestServer(hello, options),
        () => invoke(hello, {}, options),
      ];
      for (const make of sources) {
        const isExpected = (error: Error & { code?: string }): boolean =>
          error.code === 'INVALID_OPTION' &&
          error.message.toLowerCase().startsWith(name.toLowerCase()) &&
          !error.message.includes('\n');
        assert.throws(make, isExpected, `${option} ${String(value)}`);
      }
    }
  }
});

test('a text means as an option what it means as a flag and as a variable', () => {
  const texts: [key: keyof OptionTable, ...texts: string[]][] = [
    ['bodyLimit', '1mb', '512KB', '7'],
    ['timeout', '30s', '5'],
    ['maxEventAge', '10', '0.5'],
    ['headersTimeout', '1e1'],
    ['maxConcurrency', '12'],
    ['trustProxy', 'true', 'FALSE', '2', 'loopback', '10.0.0.0/255.0.0.0'],
    ['healthPath', '/healthz', ''],
    ['http2', 'true', 'TRUE', 'false'],
    ['ignoredRoutes', '/a,/b', ''],
    ['signatureType', 'event'],
  ];
  for (const [key, ...all] of texts) {
    const { flag, env }: OptionRow = optionTable()[key];
    for (const text of all) {
      const given = checkOptions({ [key]: text } as Record<string, unknown>)[key];
      assert.deepEqual(given, parseOptions([`--${flag}=${text}`], {})[key]);
      assert.deepEqual(given, parseOptions([], { [env as string]: text })[key]);
    }
  }
});

test('options that are undefined or null are the defaults', async () => {
  for (const value of [undefined, null]) {
    const options = Object.fromEntries(REFUSED.map(([option]) => [option, value])) as ServerOptions;
    assert.equal((await invoke(hello, {}, options)).body, 'hello');
  }
});

test('what was read by the command line is taken as it is', () => {
  const read = parseOptions(['--trust-proxy=10.0.0.0/8', '--timeout=5', '--port=0'], {});
  assert.deepEqual(checkOptions(read), read);
});

test('a timeout that is longer than node can wait does not end at once', async () => {
  const slow = async (_req: unknown, res: any): Promise<void> => {
    await delay(20);
    res.send('done');
  };
  for (const timeout of [2_147_484, 1e12]) {
    assert.equal((await invoke(slow, {}, { timeout })).status, 200, String(timeout));
  }
  for (const flag of ['timeout', 'shutdown-timeout', 'headers-timeout', 'request-timeout']) {
    const options = parseOptions([`--${flag}=99999999999`], {}) as unknown as Record<
      string,
      number
    >;
    const key = flag.replace(/-t/, 'T');
    // With the seconds that --watch and --workers wait beyond it.
    assert.ok(((options[key] as number) + 60) * 1000 < 2 ** 31, flag);
  }
  assert.equal(parseOptions(['--max-event-age=99999999999'], {}).maxEventAge, 99999999999);
});

test('a server without a function is refused', () => {
  for (const nothing of [undefined, null, 'hello', 5, {}, { fetch: true }]) {
    assert.throws(() => createServer(nothing as never), {
      code: 'NOT_A_FUNCTION',
      message: /^There is nothing to serve\. Pass a function/,
    });
  }
});
