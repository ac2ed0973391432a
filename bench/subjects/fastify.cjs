const fastify = require('fastify');

const app = fastify({ bodyLimit: 64 * 1024 * 1024 });
app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, keepBody);
app.get('/', (_req, reply) => reply.type('text/plain; charset=utf-8').send('Hello, World!'));
app.get('/download', (_req, reply) => reply.send(require('./work.cjs').download()));
app.get('/compute', (_req, reply) => {
  reply.type('text/plain; charset=utf-8').send(require('./work.cjs').compute());
});
app.get('/stream', (_req, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream' });
  require('./work.cjs').stream(reply.raw);
});
app.post('/echo', (req, reply) => reply.send(req.body));
app.post('/upload', (req, reply) => {
  reply.type('text/plain; charset=utf-8').send(String(req.body.length));
});
app.register(events);
app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });

/** Events get their own scope: there, JSON is left to the decoder. */
async function events(scope) {
  scope.removeContentTypeParser('application/json');
  const types = ['application/json', 'application/cloudevents+json'];
  scope.addContentTypeParser(types, { parseAs: 'string' }, keepBody);
  scope.post('/event', (req, reply) => {
    const { checkEvent, decodeEvent } = require('./event.cjs');
    checkEvent(decodeEvent(req.headers, req.body));
    reply.code(204).send();
  });
}

function keepBody(_req, body, done) {
  done(null, body);
}
