// Google's package and the function with heavy dependencies as one program, to be bundled.
const { http } = require('@google-cloud/functions-framework');
const { getTestServer } = require('@google-cloud/functions-framework/testing');
const { heavy } = require('../../workloads/heavy-function.cjs');

http('heavy', heavy);
getTestServer('heavy').listen(Number(process.env.PORT), '127.0.0.1');
