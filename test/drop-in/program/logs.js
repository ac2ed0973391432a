const named = (run) => ({
  request: {
    headers: { 'Function-Execution-Id': 'exec-1', 'X-Cloud-Trace-Context': 'abc123/77;o=1' },
  },
  run: (req, res) => {
    run(req, res);
    res.end();
  },
});
const labels = 'logging.googleapis.com/labels';

// What functions write while a request runs, with and without --log-execution-id.
exports.cases = {
  'console.log': named(() => console.log('hello')),
  'console.log of several values': named(() => console.log('a %s', 'b', { c: 1 }, [2])),
  'console.log of nothing': named(() => console.log()),
  'console.error': named(() => console.error('oops')),
  'console.warn': named(() => console.warn('careful')),
  'console.info and debug': named(() => {
    console.info('info');
    console.debug('debug');
  }),
  'console.error of an error': named(() => console.error(new Error('boom'))),
  'console.log of lines': named(() => console.log('one\ntwo\n')),
  'a JSON object': named(() => console.log(JSON.stringify({ message: 'm', severity: 'INFO' }))),
  'a JSON object on stderr': named(() => console.error(JSON.stringify({ message: 'm' }))),
  'a JSON object with a severity on stderr': named(() =>
    console.error(JSON.stringify({ message: 'm', severity: 'NOTICE' })),
  ),
  'a JSON object with labels': named(() =>
    console.log(JSON.stringify({ message: 'm', [labels]: { a: 'b', execution_id: 'mine' } })),
  ),
  'a JSON object with a span': named(() =>
    console.log(JSON.stringify({ message: 'm', 'logging.googleapis.com/spanId': 'mine' })),
  ),
  'a JSON object in colour': named(() => console.log('\x1b[32m{"message":"green"}\x1b[39m')),
  'a text in colour': named(() => console.log('\x1b[32mgreen\x1b[39m')),
  'a JSON array': named(() => console.log('[1,2]')),
  'JSON number': named(() => console.log('5')),
  'JSON true': named(() => console.log('true')),
  'JSON null': named(() => console.log('null')),
  'JSON text': named(() => console.log('"quoted"')),
  'broken JSON': named(() => console.log('{"a":')),
  'a write': named(() => process.stdout.write('no line end')),
  'a write of bytes': named(() => process.stdout.write(Buffer.from('bytes ä\n'))),
  'a write in hex': named(() => process.stdout.write('68690a', 'hex')),
  'a write with a callback': {
    request: { headers: { 'Function-Execution-Id': 'exec-2' } },
    run: (req, res) => process.stdout.write('called back\n', () => res.end('done')),
  },
  'a write with an encoding and a callback': {
    request: { headers: { 'Function-Execution-Id': 'exec-2' } },
    run: (req, res) => process.stderr.write('called back\n', 'utf8', () => res.end('done')),
  },
  'without a trace': {
    request: { headers: { 'Function-Execution-Id': 'exec-3' } },
    run: (req, res) => {
      console.log('no span');
      console.log('{"a":1}');
      res.end();
    },
  },
  'with a trace that is malformed': {
    request: { headers: { 'Function-Execution-Id': 'e', 'X-Cloud-Trace-Context': 'nonsense' } },
    run: (req, res) => {
      console.log('no span');
      res.end();
    },
  },
  'in a timer': {
    settle: 20,
    request: { headers: { 'Function-Execution-Id': 'exec-4' } },
    run: (req, res) => {
      setTimeout(() => console.log('later'), 5);
      res.end();
    },
  },
  'in a promise': {
    request: { headers: { 'Function-Execution-Id': 'exec-5' } },
    run: async (req, res) => {
      await new Promise((resolve) => setTimeout(resolve, 3));
      console.log('after await');
      res.end();
    },
  },
  'of a throw': {
    request: { headers: { 'Function-Execution-Id': 'exec-6' } },
    run: () => {
      throw new Error('logged');
    },
  },
  'of a throw of a text': {
    request: { headers: { 'Function-Execution-Id': 'exec-6' } },
    run: () => {
      throw 'just a text';
    },
  },
  'of a throw after the answer': {
    settle: 20,
    request: { headers: { 'Function-Execution-Id': 'exec-7' } },
    run: (req, res) => {
      res.end('x');
      throw new Error('finished');
    },
  },
};
