import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpText } from '../../src/options/help';
import { parseOptions } from '../../src/options/options';
import { optionTable } from '../../src/options/table';

const google = require('../../node_modules/@google-cloud/functions-framework/build/src/options.js');

const cases: [argv: string[], env?: Record<string, string>][] = [
  [[]],
  [['--port', '9000', '--target=a.b', '--source', 'test']],
  [['--target='], { FUNCTION_TARGET: 'x' }],
  [['--target'], { FUNCTION_TARGET: 'x' }],
  [[], { PORT: '81', FUNCTION_TARGET: '', FUNCTION_SOURCE: 'src', IGNORED_ROUTES: '' }],
  [['--signature-type=event', '--timeout', '30s'], { CLOUD_RUN_TIMEOUT_SECONDS: '5' }],
  [['--timeout=x']],
  [['--timeout', '--port=1']],
  [['--timeout=-1']],
  [[], { CLOUD_RUN_TIMEOUT_SECONDS: '' }],
  [['--signature-type=HTTP']],
  [['--ignored-routes=/a,/b', 'word', '--', '--port=5']],
  [['--log-execution-id']],
  [['--log-execution-id', '--port', '7']],
  [['--log-execution-id', 'TRUE']],
  [['--log-execution-id=1']],
  [['--log-execution-id=']],
  [['--no-log-execution-id'], { LOG_EXECUTION_ID: 'true' }],
  [[], { LOG_EXECUTION_ID: 'True' }],
  [['--target', '-']],
];

for (const [argv, env = {}] of cases) {
  test(`"${argv.join(' ')}" with ${JSON.stringify(env)} means what it means to Google's`, () => {
    let expected: Record<string, unknown>;
    try {
      expected = google.parseOptions(['node', 'cli', ...argv], env);
    } catch (error) {
      const start = (error as Error).message.replace(/\.$/, '');
      assert.throws(
        () => parseOptions(argv, env),
        (ours: Error) => ours.message.startsWith(start),
      );
      return;
    }
    const ours = parseOptions(argv, env);
    assert.deepEqual(
      {
        port: String(ours.port),
        target: ours.target,
        sourceLocation: ours.source,
        signatureType: ours.signatureType,
        timeoutMilliseconds: ours.timeout * 1000,
        printHelp: ours.help,
        enableExecutionId: ours.logExecutionId,
        ignoredRoutes: ours.ignoredRoutes,
      },
      expected,
    );
  });
}

test('unknown flags and bad values are refused in one line', () => {
  const bad: [string, RegExp][] = [
    ['--prot=1', /^Unknown option --prot\. Did you mean --port\?$/],
    ['--function-target=x', /^Unknown option --function-target\. Did you mean --target\?$/],
    ['--cloud-run-timeout-secs=1', /Did you mean --timeout\?$/],
    ['-help', /^Unknown option -help\. Did you mean --help\?$/],
    ['--signature-type=cloudEvent', /one of: http, .*, web\. Did you mean cloudevent\?$/],
    ['--signature-type=background', /one of: http, .*, web\.$/],
    ['--port=abc', /^--port must be a port number from 0 to 65535, not "abc"\.$/],
    ['--port=65536', /^--port must/],
    ['--port=', /^--port must/],
    ['--body-limit=1tb', /^--body-limit must/],
    ['--__proto__', /^Unknown option/],
  ];
  for (const [flag, message] of bad) assert.throws(() => parseOptions([flag], {}), { message });
});

test('a body limit is bytes or a size', () => {
  for (const [text, bytes] of [
    ['5', 5],
    ['512kb', 524288],
    ['32MB', 33554432],
  ] as const) {
    assert.equal(parseOptions([`--body-limit=${text}`], {}).bodyLimit, bytes);
  }
});

test('--help needs no valid environment', () => {
  assert.equal(parseOptions(['-h'], { PORT: 'abc' }).help, true);
});

test('the help names every flag and variable', () => {
  const text = helpText();
  for (const row of Object.values(optionTable())) {
    assert.ok(text.includes(`--${row.flag}`));
    if ('env' in row) assert.ok(text.includes(row.env as string));
  }
});
