// Preloaded into raw by the self-test: it makes a start, or every request, slower.
const http = require('node:http');

const { BENCH_PASSES_AT_START = 0, BENCH_LOOPS_PER_REQUEST = 0 } = process.env;

// Native code: a loop would cost more until the compiler has seen it often enough.
const text = JSON.stringify(Array(50).fill('some text'));
for (let pass = 0; pass < Number(BENCH_PASSES_AT_START); pass++) JSON.parse(text);

const perRequest = Number(BENCH_LOOPS_PER_REQUEST);
const { createServer } = http;
http.createServer = (listener) =>
  createServer((req, res) => {
    spin(perRequest);
    listener(req, res);
  });

function spin(count) {
  let value = 1;
  for (let pass = 0; pass < count; pass++) value = (Math.imul(value, 31) + pass) | 0;
  return value;
}
