// barefn embedded in a program: its server from `barefn/server`, one HTTP or CloudEvent function.
const { createServer } = require('barefn/server');
const functions = require('./functions.cjs');

const isEvent = process.env.BENCH_TARGET === 'event';
const server = isEvent
  ? createServer(functions.event, { signatureType: 'cloudevent' })
  : createServer(functions.http);
server.listen(Number(process.env.PORT), '127.0.0.1');
