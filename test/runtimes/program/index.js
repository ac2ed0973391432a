const { createHash } = require('node:crypto');
const { buffer } = require('node:stream/consumers');
const { cloudEvent, event, http, onShutdown, onStartup, typed, web } = require('barefn');

const got = [];
let started = false;
onStartup(async () => {
  started = true;
});
onShutdown(() => console.log('shut down'));

const routes = {
  '/': (req, res) => res.send(`Hello, ${req.query.name ?? 'World'}!`),
  '/echo': (req, res) => {
    const { body, method, rawBody, path } = req;
    const isBytes = Buffer.isBuffer(body);
    res.status(201).cookie('a', 'ü').set('X-Trace', String(req.traceId));
    res.json({ method, path, isBytes, body: isBytes ? String(body) : body, raw: String(rawBody) });
  },
  '/again': async (req, res) => {
    const bytes = await buffer(req);
    res.json({ length: bytes.length, hash: createHash('sha1').update(bytes).digest('hex') });
  },
  '/throw': () => {
    throw new Error('thrown');
  },
  '/reject': async () => {
    throw new Error('refused');
  },
  '/tagged': (_req, res) => res.set('ETag', '"1"').send('tagged'),
  '/late': () => void setTimeout(() => Promise.reject(new Error('late')), 10),
  '/late-throw': () =>
    void setTimeout(() => {
      throw new Error('late');
    }, 10),
  '/file': (_req, res) => res.sendFile(__filename),
  '/stream': (_req, res) => {
    res.type('text/event-stream').write('data: 1\n\n');
    setTimeout(() => res.end('data: 2\n\n'), 200);
  },
  '/slow': (_req, res) => void setTimeout(() => res.send('answered'), 500),
  '/never': (req) =>
    void req.signal.addEventListener('abort', () => got.push(req.signal.reason.name)),
  '/state': (_req, res) => res.json({ started, got }),
  '/accepts': (req, res) => res.json([req.accepts('json', 'html'), req.ip, req.protocol]),
  '/redirect': (_req, res) => res.redirect('/'),
};
http('routes', (req, res) => (routes[req.path] ?? ((_, it) => it.sendStatus(404)))(req, res));

cloudEvent('onEvent', (received) => {
  if (received.type === 'fails') throw new Error('no');
  return received.type === 'reply' ? { ...received, type: 'replied' } : undefined;
});
event('onLegacy', (data, context) => ({ status: 200, body: `${data.name} ${context.eventType}` }));
typed('sum', ({ a, b }) => a + b);
web('web', async (request) => new Response((await request.text()).toUpperCase(), { status: 202 }));

exports.express = require('express')();
exports.express.post('/json', require('express').json(), (req, res) => res.json(req.body));
exports.express4 = require('express4')();
exports.express4.post('/json', require('express4').json(), (req, res) => res.json(req.body));
