// node:http and a function as one program: the bundler puts the function in.
const http = require('node:http');
const { heavy } = require('the-function');

http.createServer(heavy).listen(Number(process.env.PORT), '127.0.0.1');
