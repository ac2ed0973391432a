import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeOldNode } from '../../src/process/node-version';

test('Node before 20.19 gets an error that says so', () => {
  for (const node of ['16.20.2', '18.20.8', '20.0.0', '20.18.3']) {
    assert.equal(describeOldNode({ node }), `barefn needs Node 20.19 or later. This is ${node}.`);
  }
});

test('later ones are fine, and runtimes that resemble an older one', () => {
  for (const node of ['20.19.0', '20.20.2', '21.0.0', '22.1.0', '24.0.0', '100.0.0']) {
    assert.equal(describeOldNode({ node }), undefined);
  }
  assert.equal(describeOldNode({ node: '18.0.0', bun: '1.0.0' }), undefined);
  assert.equal(describeOldNode({ node: '20.11.1', deno: '2.0.0' }), undefined);
  assert.equal(describeOldNode(process.versions), undefined);
});
