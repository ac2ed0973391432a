import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Program, serveProgram } from '../support/program';

const LOGGING = `
const write = {
  text: () => console.log('a text'),
  error: () => console.error('an error'),
  object: () => console.log(JSON.stringify({ message: 'm', severity: 'DEBUG', extra: 1 })),
  errorObject: () => console.error(JSON.stringify({ message: 'm' })),
  errorWithSeverity: () => console.error(JSON.stringify({ message: 'm', severity: 'WARNING' })),
  labels: () => console.log(JSON.stringify({ message: 'm', 'logging.googleapis.com/labels': { mine: 'x' }, 'logging.googleapis.com/spanId': 'own' })),
  scalars: () => { for (const line of ['5', 'true', 'null', '"text"', '[1]', '{', '', 'last']) console.log(line); },
  bytes: () => process.stdout.write(Buffer.from('bytes')),
  bytesView: () => process.stdout.write(new Uint8Array([104, 105])),
  encoded: () => process.stdout.write('6869', 'hex'),
  proto: () => console.log('{"__proto__":{"x":1},"message":"m"}'),
  colours: () => process.stdout.write('\\x1b[31mred\\x1b[0m'),
};
console.log('outside');
exports.function = async (req, res) => {
  const name = req.path.slice(1);
  if (name === 'later') setTimeout(() => console.log('later'), 30);
  else if (name === 'callback') await new Promise((resolve) => process.stdout.write('with callback', resolve));
  else write[name]();
  res.send('ok');
};`;

const HEADERS = { 'function-execution-id': 'exec', 'x-cloud-trace-context': 'trace/123;o=1' };
const LABELS = { 'logging.googleapis.com/labels': { execution_id: 'exec' } };
const SPAN = { 'logging.googleapis.com/spanId': '123' };

describe('with --log-execution-id', () => {
  let program: Program;
  before(async () => {
    program = await serveProgram(LOGGING, { args: ['--log-execution-id'] });
  });
  after(() => program.kill());

  /** The lines that a request wrote. */
  const lines = async (
    stream: 'stdout' | 'stderr',
    name: string,
    headers = {},
  ): Promise<string[]> => {
    program[stream] = '';
    const response = await fetch(`${program.url}/${name}`, { headers: { ...HEADERS, ...headers } });
    assert.equal(await response.text(), 'ok');
    await program.until(() => program[stream].endsWith('\n'));
    return program[stream].trimEnd().split('\n');
  };

  test('what is logged outside a request stays as it is', () => {
    assert.match(program.stdout, /^outside\nServing function\.\.\.\n/);
  });

  for (const [name, stream, expected] of [
    ['text', 'stdout', { message: 'a text\n' }],
    ['error', 'stderr', { message: 'an error\n' }],
    ['object', 'stdout', { message: 'm', severity: 'DEBUG', extra: 1 }],
    ['errorObject', 'stderr', { message: 'm', severity: 'ERROR' }],
    ['errorWithSeverity', 'stderr', { message: 'm', severity: 'WARNING' }],
    ['bytes', 'stdout', { message: 'bytes' }],
    ['bytesView', 'stdout', { message: 'hi' }],
    ['encoded', 'stdout', { message: 'hi' }],
    ['colours', 'stdout', { message: 'red' }],
    ['callback', 'stdout', { message: 'with callback' }],
    ['later', 'stdout', { message: 'later\n' }],
  ] as const) {
    test(`a write becomes a JSON line with the execution id and the span: ${name}`, async () => {
      const [line, ...rest] = await lines(stream, name);
      assert.deepEqual(JSON.parse(line as string), { ...expected, ...LABELS, ...SPAN });
      assert.deepEqual(rest, []);
    });
  }

  test('labels and the span of an object are kept', async () => {
    const [line] = await lines('stdout', 'labels');
    assert.deepEqual(JSON.parse(line as string), {
      message: 'm',
      'logging.googleapis.com/labels': { mine: 'x', execution_id: 'exec' },
      'logging.googleapis.com/spanId': 'own',
    });
  });

  test('no line is lost, whatever it is', async () => {
    const logged = await lines('stdout', 'scalars');
    const texts = logged.map((line) => (JSON.parse(line) as { message: string }).message.trim());
    assert.deepEqual(texts, ['5', 'true', 'null', '"text"', '[1]', '{', '', 'last']);
  });

  test('an own __proto__ key does no harm', async () => {
    const [line] = await lines('stdout', 'proto');
    assert.equal((JSON.parse(line as string) as { message: string }).message, 'm');
  });

  test('without a trace there is no span; the id is made up', async () => {
    const headers = { 'x-cloud-trace-context': '', 'function-execution-id': '' };
    const [line] = await lines('stdout', 'text', headers);
    const entry = JSON.parse(line as string) as Record<string, { execution_id: string }>;
    assert.match(entry['logging.googleapis.com/labels']?.execution_id ?? '', /^[0-9a-z]{12}$/);
    assert.ok(!('logging.googleapis.com/spanId' in entry));
  });

  test('requests at once keep their own ids', async () => {
    program.stdout = '';
    const ids = Array.from({ length: 20 }, (_, id) => `id-${id}`);
    await Promise.all(
      ids.map((id) => fetch(`${program.url}/later`, { headers: { 'function-execution-id': id } })),
    );
    await program.until(() => program.stdout.split('\n').length > 20);
    const seen = program.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)['logging.googleapis.com/labels'].execution_id as string);
    assert.deepEqual(seen.sort(), ids.sort());
  });
});

for (const [variable, value] of [
  ['LOG_EXECUTION_ID', 'TRUE'],
  ['LOG_EXECUTION_ID', 'false'],
] as const) {
  test(`${variable}=${value} decides as well`, async () => {
    const program = await serveProgram(LOGGING, { env: { [variable]: value } });
    program.stdout = '';
    await (await fetch(`${program.url}/text`, { headers: HEADERS })).text();
    await program.until(() => program.stdout.endsWith('\n'));
    assert.equal(program.stdout.startsWith('{'), value === 'TRUE');
    program.kill();
  });
}

test('with GOOGLE_CLOUD_PROJECT lines name the trace', async () => {
  const env = { GOOGLE_CLOUD_PROJECT: 'my-project', LOG_EXECUTION_ID: 'true' };
  const program = await serveProgram(LOGGING, { env });
  const trace = '0af7651916cd43dd8448eb211c80319c';
  for (const [headers, expected] of [
    [HEADERS, ['projects/my-project/traces/trace', '123', true]],
    [
      { traceparent: `00-${trace}-b7ad6b7169203331-00` },
      [`projects/my-project/traces/${trace}`, 'b7ad6b7169203331', false],
    ],
    [{}, [undefined, undefined, undefined]],
  ] as const) {
    program.stdout = '';
    await (await fetch(`${program.url}/text`, { headers })).text();
    await program.until(() => program.stdout.endsWith('\n'));
    const entry = JSON.parse(program.stdout) as Record<string, unknown>;
    const members = ['trace', 'spanId', 'trace_sampled'].map(
      (name) => entry[`logging.googleapis.com/${name}`],
    );
    assert.deepEqual(members, expected);
  }
  program.kill();
});
