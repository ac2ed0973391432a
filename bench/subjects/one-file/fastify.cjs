// Fastify and a function as one program: the bundler puts the function in.
const fastify = require('fastify');
const { heavy } = require('the-function');

const app = fastify();
app.get('/', (req, reply) => {
  reply.hijack();
  heavy(req.raw, reply.raw);
});
app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
