// Fastify and the function with heavy dependencies as one program, to be bundled.
const fastify = require('fastify');
const { heavy } = require('../../workloads/heavy-function.cjs');

const app = fastify();
app.get('/', (req, reply) => {
  reply.hijack();
  heavy(req.raw, reply.raw);
});
app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
