/** Values that throw when they are read, by the way in which they do. Text of a program. */
export const HOSTILE_VALUES = `
const no = () => { throw new Error('read'); };
const traps = { get: no, has: no, getPrototypeOf: no, ownKeys: no, getOwnPropertyDescriptor: no };
const revoked = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; };
const withGetters = (value, ...names) => {
  for (const name of names) Object.defineProperty(value, name, { get: no });
  return value;
};
const inspect = Symbol.for('nodejs.util.inspect.custom');
const HOSTILE = {
  stack: () => withGetters(new Error('x'), 'stack'),
  message: () => withGetters(new Error('x'), 'message'),
  messageOfTypeError: () => withGetters(new TypeError('x'), 'message'),
  name: () => withGetters(new Error('x'), 'name', 'stack'),
  everything: () => withGetters(new Error('x'), 'stack', 'message', 'name', 'status', 'statusCode', 'code', 'response',
    'headers', 'retryable', 'retryAfter', 'cause', 'then', 'toJSON', 'toString', 'constructor', Symbol.toStringTag,
    Symbol.toPrimitive, Symbol.for('barefn.HttpError'), inspect),
  objectOfGetters: () => withGetters({}, 'stack', 'message', 'status', 'retryable', 'then', 'toString', inspect),
  proxy: () => new Proxy(new Error('x'), traps),
  proxyOfObject: () => new Proxy({}, traps),
  proxyOfFunction: () => new Proxy(() => {}, { ...traps, apply: no, construct: no }),
  proxyThatThrowsItself: () => { const p = new Proxy({}, { get() { throw p; }, has() { throw p; }, getPrototypeOf() { throw p; } }); return p; },
  revoked,
  custom: () => ({ [inspect]: no }),
  customOfError: () => Object.assign(new Error('x'), { [inspect]: no }),
  causeIsHostile: () => new Error('x', { cause: new Proxy({}, traps) }),
  aggregate: () => new AggregateError([revoked(), new Proxy({}, traps)], 'x'),
  stackIsNoText: () => Object.assign(new Error('x'), { stack: { toString: no } }),
  messageIsNoText: () => Object.assign(new Error('x'), { message: { toString: no, [Symbol.toPrimitive]: no } }),
  messageIsSymbol: () => Object.assign(new Error('x'), { message: Symbol('m') }),
  toPrimitive: () => ({ [Symbol.toPrimitive]: no }),
  then: () => withGetters({}, 'then'),
  prototypeless: () => Object.create(null),
  symbol: () => Symbol('odd'),
  bigint: () => 10n,
  huge: () => new Error('x'.repeat(5_000_000)),
  hugeText: () => 'x'.repeat(5_000_000),
  refusal: () => withGetters(Object.assign({}, { [Symbol.for('barefn.HttpError')]: true }), 'status', 'message', 'headers'),
  refusalWithoutStatus: () => ({ [Symbol.for('barefn.HttpError')]: true }),
  status: () => Object.assign(new Error('x'), { status: 429, retryAfter: new Proxy({}, traps), headers: new Proxy({}, traps) }),
  dropped: () => withGetters({ retryable: false }, 'stack', inspect, 'toString'),
};
const PREPARE = { prepareStackTrace: () => { Error.prepareStackTrace = no; setTimeout(() => { delete Error.prepareStackTrace; }, 30); return new Error('x'); } };
`;
