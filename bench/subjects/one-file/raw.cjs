// node:http and the function with heavy dependencies as one program, to be bundled.
const http = require('node:http');
const { heavy } = require('../../workloads/heavy-function.cjs');

http.createServer(heavy).listen(Number(process.env.PORT), '127.0.0.1');
