#!/usr/bin/env node
// Where the command of Google's package is: Dockerfiles name this path.
require('../../dist/cli.js').main();
