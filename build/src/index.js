// Where Google's package registers functions.
module.exports = require('../../dist/index.js');
