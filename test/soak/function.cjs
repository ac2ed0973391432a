// Functions of every signature in one process, and samples of how that process is doing.
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { cloudEvent, event, http, typed, web } = require(process.env.SOAK_PACKAGE);

const loop = monitorEventLoopDelay({ resolution: 10 });
loop.enable();

http('http', (req, res) => {
  if (req.path === '/hello') res.send('hello');
  else if (req.path === '/echo') res.json(req.body);
  else if (req.path === '/upload') res.send(String(req.rawBody.length));
  else if (req.path === '/stream') stream(res);
  else if (req.path === '/slow') setTimeout(() => res.send('late'), 200);
  else throw new Error('an error on purpose');
});
cloudEvent('cloudevent', async ({ data }) => {
  if (typeof data !== 'object') throw new Error('no data');
});
event('event', (_data, _context, callback) => setImmediate(callback));
typed('typed', ({ a, b }) => ({ sum: a + b }));
web('web', async (request) => new Response((await request.text()).toUpperCase()));

function stream(res) {
  let parts = 0;
  const timer = setInterval(() => {
    if (++parts < 5) res.write('x'.repeat(10_000));
    else res.end('end');
  }, 5);
  res.on('close', () => clearInterval(timer));
}

/** How many samples there are for one of what a full collection leaves. */
const COLLECTED_EACH = 10;
let samples = 0;
let liveHeap;

setInterval(sample, 1000).unref();
function sample() {
  const { rss, heapUsed, external } = process.memoryUsage();
  if (samples++ % COLLECTED_EACH === 0) {
    globalThis.gc();
    liveHeap = process.memoryUsage().heapUsed;
  }
  process.send?.({
    rss,
    heapUsed,
    liveHeap,
    external,
    loopP99: loop.percentile(99) / 1e6,
    loopMax: loop.max / 1e6,
  });
  loop.reset();
}
