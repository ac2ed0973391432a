// The data chooses what the function does; without a choice it answers with what it got.
const isAsked = (data) => data !== null && typeof data === 'object' && data.act !== undefined;

exports.answer = (event) => (isAsked(event?.data) ? acts[event.data.act]() : report({ event }));
exports.answerLegacy = (data, context) =>
  isAsked(data) ? acts[data.act]() : report({ data, context });
exports.call = (event, callback) => {
  if (isAsked(event?.data)) return calls[event.data.act](callback);
  callback(null, report({ event }));
};
exports.callLegacy = (data, context, callback) => {
  if (isAsked(data)) return calls[data.act](callback);
  callback(null, report({ data, context }));
};

function report(args) {
  const described = {};
  for (const [name, value] of Object.entries(args)) described[name] = describe(value);
  return described;
}

function describe(value) {
  if (value === undefined) return 'undefined';
  if (Buffer.isBuffer(value)) return { Buffer: value.toString('hex') };
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(describe);
  // Sorted: the order of attributes is nothing a function relies on.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, describe(inner)]));
}

const cycle = {};
cycle.cycle = cycle;
const fail = (error) => {
  throw error;
};
const later = (act) => void setTimeout(act, 5);

const acts = {
  undefined: () => undefined,
  null: () => null,
  number: () => 42,
  zero: () => 0,
  NaN: () => Number.NaN,
  text: () => 'text',
  'empty text': () => '',
  true: () => true,
  false: () => false,
  object: () => ({ a: 1 }),
  array: () => [1, 'b'],
  Buffer: () => Buffer.from('bytes'),
  Uint8Array: () => new Uint8Array([1, 2]),
  date: () => new Date(0),
  cycle: () => cycle,
  bigint: () => 5n,
  function: () => () => 1,
  promise: async () => 'promised',
  'later promise': () => new Promise((resolve) => setTimeout(resolve, 5, { later: true })),
  throw: () => fail(new Error('thrown')),
  'throw a text': () => fail('a text'),
  'throw undefined': () => fail(undefined),
  'throw null': () => fail(null),
  reject: async () => fail(new Error('rejected')),
  'reject with nothing': () => Promise.reject(),
  'throw markup': () => fail(new Error('<b>')),
  'throw in a timer': () => {
    later(() => fail(new Error('timer')));
    return new Promise(() => {});
  },
  'throw in a timer after the answer': () => later(() => fail(new Error('after'))),
  'floating rejection': () => {
    Promise.reject(new Error('floating'));
    return new Promise(() => {});
  },
  log: () => console.log('from an event function'),
};

const calls = {
  nothing: (callback) => callback(),
  null: (callback) => callback(null, null),
  number: (callback) => callback(null, 42),
  text: (callback) => callback(null, 'text'),
  'empty text': (callback) => callback(null, ''),
  true: (callback) => callback(null, true),
  object: (callback) => callback(null, { a: 1 }),
  array: (callback) => callback(undefined, [1]),
  Buffer: (callback) => callback(null, Buffer.from('bytes')),
  cycle: (callback) => callback(null, cycle),
  error: (callback) => callback(new Error('called with an error')),
  'error text': (callback) => callback('an error text'),
  'error object': (callback) => callback({ a: 1 }),
  'error and result': (callback) => callback(new Error('wins'), 'result'),
  'falsy error': (callback) => callback(0, 'fine'),
  twice: (callback) => {
    callback(null, 'first');
    callback(null, 'second');
  },
  'twice with an error': (callback) => {
    callback(null, 'first');
    callback(new Error('second'));
  },
  later: (callback) => later(() => callback(null, 'later')),
  'later twice': (callback) => {
    later(() => callback(null, 'later'));
    setTimeout(callback, 10, null, 'again');
  },
  throw: () => fail(new Error('thrown')),
  'throw a text': () => fail('a text'),
  'throw in a timer': () => later(() => fail(new Error('timer'))),
  'throw after the callback': (callback) => {
    callback(null, 'done');
    throw new Error('after the callback');
  },
  reject: async () => fail(new Error('rejected')),
  'a promise is ignored': async (callback) => {
    later(() => callback(null, 'by callback'));
    return 'by promise';
  },
  log: (callback) => {
    console.log('from a callback');
    callback();
  },
};

exports.acts = Object.keys(acts);
exports.calls = Object.keys(calls);
