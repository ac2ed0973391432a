import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { commandFlags } from '../../src/cli/flags';
import { type CommandLine, readArguments } from '../../src/options/arguments';
import { directory, run } from '../support/command';

const read = (...argv: string[]): CommandLine => readArguments(argv, commandFlags);

/** Each means the same for every command, and for none. */
const meanings: [argv: string[], words: string[], options: Record<string, string>][] = [
  [['--http2', 'foo'], ['foo'], { http2: 'true' }],
  [['--http2', 'FALSE', 'foo'], ['foo'], { http2: 'FALSE' }],
  [['--http2=foo'], [], { http2: 'foo' }],
  [['--log-execution-id', 'yes'], ['yes'], { logExecutionId: 'true' }],
  [['--no-log-execution-id', 'true'], ['true'], { logExecutionId: 'false' }],
  [['--verify', 'true'], ['true'], { verify: 'true' }],
  [['-5'], ['-5'], {}],
  [['--port', '-5'], [], { port: '-5' }],
  [['--target', '-'], [], { target: '-' }],
  [['--target', '--', '--port=1'], ['--port=1'], { target: '' }],
  [['--target', '--port=1'], [], { target: '', port: '1' }],
  [['--port=1', '--port', '2'], [], { port: '2' }],
  [['-v', 'x', '-h'], ['x'], { version: 'true', help: 'true' }],
  [['---x'], ['---x'], {}],
];
for (const [argv, words, options] of meanings) {
  test(`${argv.join(' ')} means the same everywhere`, () => {
    for (const command of [[], ['invoke'], ['events']]) {
      const line = read(...command, ...argv);
      assert.deepEqual(line.words, [...command, ...words]);
      assert.deepEqual(Object.fromEntries(line.options), options);
      assert.equal(line.flags.size, 0);
    }
  });
}

test('flags of commands take each value, apart, after = and after a letter', () => {
  const line = read('-X', 'PUT', '-Ha: b', '--header=c: d', '-d', '-5', 'invoke', '--id=1');
  assert.deepEqual(line.words, ['invoke']);
  assert.deepEqual(Object.fromEntries(line.flags), {
    request: ['PUT'],
    header: ['a: b', 'c: d'],
    data: ['-5'],
    id: ['1'],
  });
});

const refused: [words: string[], text: RegExp][] = [
  [['invok'], /^"invok" is not a command\. Did you mean barefn invoke\?\n$/],
  [['--target=plain', 'event'], /^"event" is not a command\. Did you mean barefn events\?\n$/],
  [['serve'], /^"serve" is not a command\. To serve, leave "serve" out\.\n$/],
  [['start', '--target=plain'], /leave "start" out\.\n$/],
  [['hello'], /^"hello" is not a command\. Pass --target=hello if it is a function, .*\n$/],
  [['help'], /Did you mean --help\?\n$/],
  [['verfy'], /Did you mean --verify\?\n$/],
  [['-5'], /^"-5" is not a command\. /],
  [['--log-execution-id', 'yes'], /^"yes" is not a command\. /],
  [['index.js', 'hello'], /^barefn serves one source, and "hello" is another\./],
  [['--source=.', 'index.js'], /^barefn serves one source, and "index\.js" is another\./],
  [
    ['--data=x', '--target=plain'],
    /^--data is an option of barefn invoke and barefn events, not of barefn itself\.\n$/,
  ],
  [['--event=storage'], /^--event is an option of barefn invoke, not of barefn itself\.\n$/],
  [['./absent.js'], /^Provided code location '.*\/absent\.js' is not a loadable module\.\n/],
];
for (const [words, text] of refused) {
  test(`barefn ${words.join(' ')} says what is wrong, and ends`, () => {
    const { code, stdout, stderr } = run(words);
    assert.match(stderr, text);
    assert.equal(stdout, '');
    assert.equal(code, 1);
  });
}

test('one path is the source, wherever it stands', () => {
  for (const words of [
    ['index.js', '--target=echo', '--verify'],
    ['--target=echo', '--verify', '.'],
    ['--verify', directory, '--target', 'echo'],
  ]) {
    const { stdout, stderr } = run(words);
    assert.equal(stderr, '');
    assert.match(stdout, new RegExp(`^OK: echo, http function of .*${path.basename(directory)}`));
  }
});

test('help is given whatever else there is', () => {
  for (const words of [
    ['nothing', '--help'],
    ['--help', '--data=x'],
    ['serve', '-h'],
  ]) {
    assert.match(run(words).stdout, /^barefn serves a function over HTTP\./);
  }
  assert.match(
    run(['events', '--version', '--help', '--http2', 'foo']).stdout,
    /^barefn events prints/,
  );
});
