// Preloaded into a subject (`--require`) to split its start into phases. It marks when the user's
// function file begins and ends to load and when a server listens, and answers SIGUSR2 by writing
// the marks and the loaded files to $BENCH_PROBE_FILE. Starts with the probe are never timed
// against starts without it.
const Module = require('node:module');
const net = require('node:net');
const { performance } = require('node:perf_hooks');

const functionFile = process.env.BENCH_FUNCTION_FILE;
const marks = { probe: now() };

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename, ...rest) {
  if (filename !== functionFile) return compile.call(this, content, filename, ...rest);
  marks.functionStart = now();
  try {
    return compile.call(this, content, filename, ...rest);
  } finally {
    marks.functionEnd = now();
  }
};

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  this.prependOnceListener('listening', () => {
    marks.listening ??= now();
  });
  return listen.apply(this, args);
};

process.once('SIGUSR2', async () => {
  const { bootstrapComplete } = performance.nodeTiming;
  marks.boot = now() - performance.now() + bootstrapComplete;
  const report = { marks, files: await loadedFiles() };
  require('node:fs').writeFileSync(process.env.BENCH_PROBE_FILE, JSON.stringify(report));
});

/** Milliseconds of the clock that all processes share. */
function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Every script the engine has parsed from a file, CommonJS and ES modules alike. */
async function loadedFiles() {
  const { Session } = require('node:inspector');
  const files = new Map();
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { url, length } }) => {
    const isFile = url.startsWith('file:') || url.startsWith('/');
    if (isFile && !url.endsWith('startup-probe.cjs')) files.set(url.replace('file://', ''), length);
  });
  await new Promise((resolve) => session.post('Debugger.enable', resolve));
  session.disconnect();
  return [...files];
}
