import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpText } from '../../src/options/help';
import { parseOptions } from '../../src/options/options';
import { type OptionRow, optionTable } from '../../src/options/table';
import { readReadme, withOptions } from './readme-table';

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

test('the help names every flag and variable, in lines that fit a terminal', () => {
  const text = helpText();
  for (const { flag, env } of Object.values<OptionRow>(optionTable())) {
    assert.ok(text.includes(`--${flag}`));
    if (env !== undefined) assert.ok(text.includes(env));
  }
  const long = text.split('\n').filter((line) => line.length > 105);
  assert.deepEqual(long, []);
});

test('the README has the table of options that npm run docs writes', () => {
  const readme = readReadme();
  assert.equal(readme, withOptions(readme), 'Run npm run docs.');
});

test('every default is a value that its parser gives, or none', () => {
  for (const { flag, initial, read } of Object.values<OptionRow>(optionTable())) {
    if (initial !== null && initial !== undefined) assert.equal(read(initial, flag), initial);
  }
});
