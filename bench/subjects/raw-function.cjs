// node:http by hand around the function named on the command line: `raw-function.cjs <file>`.
const http = require('node:http');

const { heavy } = require(process.argv[2]);
http.createServer(heavy).listen(Number(process.env.PORT), '127.0.0.1');
