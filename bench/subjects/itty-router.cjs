const { createServer } = require('node:http');
const { createServerAdapter } = require('@whatwg-node/server');
const { router } = require('./itty-router-app.cjs');

createServer(createServerAdapter(router.fetch)).listen(Number(process.env.PORT), '127.0.0.1');
