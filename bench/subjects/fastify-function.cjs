// Fastify around the function named on the command line: `fastify-function.cjs <file>`.
const fastify = require('fastify');

const { heavy } = require(process.argv[2]);
const app = fastify();
app.get('/', (req, reply) => {
  reply.hijack();
  heavy(req.raw, reply.raw);
});
app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
