// Where Google's package has what tests of functions need.
module.exports = require('../../dist/testing.js');
