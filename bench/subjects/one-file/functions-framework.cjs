// Google's package and a function as one program: the bundler puts the function in.
const { http } = require('@google-cloud/functions-framework');
const { getTestServer } = require('@google-cloud/functions-framework/testing');
const { heavy } = require('the-function');

http('heavy', heavy);
getTestServer('heavy').listen(Number(process.env.PORT), '127.0.0.1');
