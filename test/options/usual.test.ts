import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from '../../src/options/options';
import { type OptionRow, optionTable } from '../../src/options/table';
import { readUsualOptions } from '../../src/options/usual';

const usual: [argv: string[], env?: Record<string, string>][] = [
  [[]],
  [['--target=a.b']],
  [['--target', 'hello', '--port', '0']],
  [['--target=one', '--target=two']],
  [['--target='], { FUNCTION_TARGET: 'x' }],
  [['--source=a/../b', '--signature-type=cloudevent', '--port=65535']],
  [['--source='], { FUNCTION_SOURCE: 'x' }],
  [[], { PORT: '081', FUNCTION_TARGET: 'x', FUNCTION_SOURCE: 'y', FUNCTION_SIGNATURE_TYPE: 'web' }],
  [[], { FUNCTION_TARGET: '' }],
  [[], { LOG_EXECUTION_ID: 'True' }],
  [[], { LOG_EXECUTION_ID: '1' }],
  [['--log-execution-id=true'], { LOG_EXECUTION_ID: 'false' }],
  [['--log-execution-id='], { LOG_EXECUTION_ID: 'true' }],
  [[], { PATH: '/bin', NODE_ENV: 'production', K_SERVICE: 'x' }],
];

for (const [argv, env = {}] of usual) {
  test(`"${argv.join(' ')}" with ${JSON.stringify(env)} is read without the table, as by it`, () => {
    assert.deepEqual(readUsualOptions(argv, env), parseOptions(argv, env));
  });
}

const unusual: [argv: string[], env?: Record<string, string>][] = [
  [['word']],
  [['--']],
  [['-h']],
  [['--help']],
  [['--target']],
  [['--target', '--port=1']],
  [['--log-execution-id']],
  [['--log-execution-id', 'true']],
  [['--no-log-execution-id']],
  [['--port=x']],
  [['--port=65536']],
  [['--port=']],
  [['--port=1e3']],
  [[], { PORT: '-1' }],
  [['--signature-type=HTTP']],
  [['--signature-type=toString']],
  [['--__proto__=x']],
  [['--toString=x']],
];

for (const [argv, env = {}] of unusual) {
  test(`"${argv.join(' ')}" with ${JSON.stringify(env)} is left to the table`, () => {
    assert.equal(readUsualOptions(argv, env), undefined);
  });
}

test('every other option and variable is left to the table', () => {
  const read = ['target', 'source', 'signature-type', 'port', 'log-execution-id'];
  for (const { flag, env } of Object.values<OptionRow>(optionTable())) {
    if (read.includes(flag)) continue;
    assert.equal(readUsualOptions([`--${flag}=1`], {}), undefined, flag);
    if (env !== undefined) assert.equal(readUsualOptions([], { [env]: '' }), undefined, env);
  }
});
