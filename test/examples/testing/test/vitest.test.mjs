// vitest run test/vitest.test.mjs
import { getTestServer } from 'barefn/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import '../index.js';

test('greets by name', async () => {
  const response = await request(getTestServer('greet')).post('/').send({ name: 'Ada' });
  expect(response.status).toBe(200);
  expect(response.body).toEqual({ greeting: 'Hello, Ada!' });
});
