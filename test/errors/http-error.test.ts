import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpError } from '../../src/index';
import { catchErrors, serve } from '../support/serving';

test('an HttpError is the answer of an HTTP function', async (t) => {
  const errors = catchErrors(t);
  const { origin } = await serve(t, {
    type: 'http',
    handler: async () => {
      const headers = { 'Retry-After': '9' };
      throw new HttpError(503, 'BUSY', 'Come back later.', { headers });
    },
  });
  const answer = await fetch(origin);
  assert.deepEqual([answer.status, await answer.text()], [503, 'Come back later.']);
  assert.equal(answer.headers.get('retry-after'), '9');
  assert.equal(errors.text(), '', 'the function meant it');
});
