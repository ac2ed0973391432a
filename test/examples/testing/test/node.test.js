// node --test test/node.test.js
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { invoke } = require('barefn/testing');
require('../index.js');

test('greets by name', async () => {
  const response = await invoke('greet', { body: { name: 'Ada' } });
  assert.equal(response.status, 200);
  assert.deepEqual(response.json(), { greeting: 'Hello, Ada!' });
});
