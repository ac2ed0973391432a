import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { send, serve } from '../support/wire';

type Any = any;
const { createSchema, createYoga }: Any = require('graphql-yoga');

const typeDefs = `
  scalar File
  type Query { hello(name: String!): String }
  type Mutation { size(file: File!): Int }
  type Subscription { count(to: Int!): Int }
`;
const yoga = createYoga({
  logging: false,
  schema: createSchema({
    typeDefs,
    resolvers: {
      Query: { hello: (_: unknown, { name }: Any) => `Hello, ${name}!` },
      Mutation: { size: async (_: unknown, { file }: Any) => (await file.text()).length },
      Subscription: {
        count: {
          async *subscribe(_: unknown, { to }: Any) {
            for (let i = 1; i <= to; i++) yield { count: i };
          },
        },
      },
    },
  }),
});
const JSON_TYPE = { 'content-type': 'application/json' };

/** Yoga is a listener for node:http, and an object with `fetch`. */
const ways = { 'an HTTP function': yoga, 'a web function': { fetch: yoga.fetch } };

for (const [way, handler] of Object.entries(ways)) {
  describe(`GraphQL Yoga as ${way}`, async () => {
    const { url } = await serve(handler);

    test('answers queries of POST and GET', async () => {
      const query = 'query ($name: String!) { hello(name: $name) }';
      const body = JSON.stringify({ query, variables: { name: 'Ädä' } });
      for (const framing of [{}, { chunk: 7 }]) {
        const { json } = await send(`${url}/graphql`, { headers: JSON_TYPE, body, ...framing });
        assert.deepEqual(json, { data: { hello: 'Hello, Ädä!' } });
      }
      const search = new URLSearchParams({ query: '{ hello(name: "GET") }' });
      const { json } = await send(`${url}/graphql?${search}`, {
        method: 'GET',
        headers: { accept: 'application/json' },
      });
      assert.deepEqual(json, { data: { hello: 'Hello, GET!' } });
    });

    test('takes files', async () => {
      const form = new FormData();
      const query = 'mutation ($file: File!) { size(file: $file) }';
      form.set('operations', JSON.stringify({ query, variables: { file: null } }));
      form.set('map', '{"0":["variables.file"]}');
      form.set('0', new Blob(['x'.repeat(100_000)]), 'x.txt');
      const answer = await fetch(`${url}/graphql`, { method: 'POST', body: form });
      assert.deepEqual(await answer.json(), { data: { size: 100_000 } });
    });

    test('streams subscriptions', async () => {
      const body = JSON.stringify({ query: 'subscription { count(to: 3) }' });
      const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
      const { text, headers: fields } = await send(`${url}/graphql`, { headers, body });
      assert.match(String(fields['content-type']), /text\/event-stream/);
      assert.deepEqual([...text.matchAll(/"count":(\d)/g)].map(([, n]) => n).join(''), '123');
    });

    test('answers its own errors and its page', async () => {
      const wrong = await send(`${url}/graphql`, {
        headers: JSON_TYPE,
        body: '{"query":"{ no }"}',
      });
      assert.match(wrong.text, /Cannot query field/);
      const page = await send(`${url}/graphql`, {
        method: 'GET',
        headers: { accept: 'text/html' },
      });
      assert.equal(page.status, 200);
      assert.match(page.text, /<!doctype html>/i);
      assert.equal((await send(`${url}/other`, { method: 'GET' })).status, 404);
    });
  });
}
