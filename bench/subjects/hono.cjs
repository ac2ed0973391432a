const { serve } = require('@hono/node-server');
const { app } = require('./hono-app.cjs');

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
