/** A program whose function fails in the way that the path of a request names. */
export const FAILING = `
const { EventEmitter } = require('node:events');
const { PassThrough } = require('node:stream');
const shared = new EventEmitter();
const failing = {
  sync() { throw new Error('sync <b>'); },
  async async() { throw new Error('async <b>'); },
  timer() { setTimeout(() => { throw new Error('timer <b>'); }, 1); },
  immediate() { setImmediate(() => { throw new Error('immediate <b>'); }); },
  tick() { process.nextTick(() => { throw new Error('tick <b>'); }); },
  microtask() { queueMicrotask(() => { throw new Error('microtask <b>'); }); },
  emitter() { const e = new EventEmitter(); setTimeout(() => e.emit('error', new Error('emitter <b>')), 1); },
  stream() { const s = new PassThrough(); s.on('data', () => { throw new Error('stream <b>'); }); s.write('x'); },
  file() { require('node:fs').readFile(__filename, () => { throw new Error('file <b>'); }); },
  floating() { Promise.reject(new Error('floating <b>')); },
  floatingLater() { (async () => { await null; throw new Error('floatingLater <b>'); })(); },
  thenable() { return { then(resolve, reject) { reject(new Error('thenable <b>')); } }; },
  onData(req) { req.on('data', () => { throw new Error('onData <b>'); }); },
  onEnd(req) { req.on('data', () => {}).on('end', () => { throw new Error('onEnd <b>'); }); },
};
const odd = {
  undefined() { throw undefined; },
  null() { throw null; },
  zero() { throw 0; },
  text() { throw 'only a text'; },
  object() { throw { reason: 1 }; },
  prototypeless() { throw Object.create(null); },
  symbol() { throw Symbol('odd'); },
  emptyMessage() { throw new Error(''); },
  async asyncUndefined() { throw undefined; },
  promiseRejectNothing() { return Promise.reject(); },
  floatingNothing() { Promise.reject(); },
  timerUndefined() { setTimeout(() => { throw undefined; }, 1); },
};
const late = {
  afterEnd(req, res) { res.send('fine'); throw new Error('afterEnd'); },
  async asyncAfterEnd(req, res) { res.send('fine'); await null; throw new Error('asyncAfterEnd'); },
  afterFinish(req, res) { res.on('finish', () => { throw new Error('afterFinish'); }).send('fine'); },
  afterClose(req, res) { res.on('close', () => { throw new Error('afterClose'); }).send('fine'); },
  requestClose(req, res) { req.on('close', () => { throw new Error('requestClose'); }); res.send('fine'); },
  tickAfterEnd(req, res) { res.send('fine'); process.nextTick(() => { throw new Error('tickAfterEnd'); }); },
  timerAfterEnd(req, res) { setTimeout(() => { throw new Error('timerAfterEnd'); }, 20); res.send('fine'); },
  floatingAfterEnd(req, res) { setTimeout(() => Promise.reject(new Error('floatingAfterEnd')), 20); res.send('fine'); },
};
const cut = {
  syncCut(req, res) { res.write('begun'); throw new Error('syncCut'); },
  async asyncCut(req, res) { res.write('begun'); await null; throw new Error('asyncCut'); },
  timerCut(req, res) { res.write('begun'); setTimeout(() => { throw new Error('timerCut'); }, 5); },
  thenableCut(req, res) { res.write('begun'); return { then(_, reject) { reject(new Error('thenableCut')); } }; },
  floatingCut(req, res) { res.write('begun'); Promise.reject(new Error('floatingCut')); },
  lengthCut(req, res) { res.setHeader('Content-Length', 100); res.write('begun'); throw new Error('lengthCut'); },
};
const other = {
  ok(req, res) { res.send('ok'); },
  badType(req, res) { res.setHeader('Content-Type', 'nonsense'); res.send('x'); },
  fields(req, res) {
    res.setHeader('X-Kept', 'yes').setHeader('Content-Length', 3).setHeader('Content-Type', 'text/html')
      .setHeader('Content-Encoding', 'gzip').setHeader('ETag', '"1"');
    throw new Error('fields');
  },
  wait(req, res) { setTimeout(() => res.send('waited'), 150); },
  later(req, res) {
    const { id } = req.query;
    setTimeout(() => { if (id % 2) throw new Error('id ' + id); res.send('id ' + id); }, id % 7);
  },
  returned() { return 'ignored'; },
  thenResolves(req, res) { return { then(resolve) { res.send('from then'); resolve(); } }; },
  httpError() { throw Object.assign(new Error('teapot'), { status: 418, statusCode: 418 }); },
  poisonMessage() { throw { get message() { throw new Error('poisoned'); } }; },
  poisonStack() { const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { throw new Error('poisoned'); } }); throw e; },
  frozen(req, res) { res.end = () => { throw new Error('no end'); }; throw new Error('frozen'); },
};
const all = { ...failing, ...odd, ...late, ...cut, ...other };
exports.function = (req, res) => all[req.path.slice(1)](req, res);
`;
