import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../support/packed';
import { type Program, serveProgram } from '../support/program';
import { send } from '../support/wire';

const recipes = path.join(__dirname, '../recipes');
const read = (file: string): string => readFileSync(path.join(recipes, file), 'utf8');

/** Starts a recipe as the script of its package.json does, and gives its flags too. */
async function start(recipe: string): Promise<{ program: Program; flags: string[] }> {
  const { scripts } = JSON.parse(read(`${recipe}/package.json`)) as { scripts: { start: string } };
  const [exec, command, ...flags] = scripts.start.split(' ');
  assert.deepEqual([exec, command], ['exec', 'barefn']);
  const source = flags.find((flag) => flag.startsWith('--source='))?.slice('--source='.length);
  const args = flags.filter((flag) => !flag.startsWith('--source='));
  return { program: await serve(recipe, source, args), flags };
}

function serve(recipe: string, source = 'index.js', args: string[] = []): Promise<Program> {
  const sdk = JSON.stringify(path.join(root, 'node_modules/cloudevents'));
  const files: Record<string, string> = {
    'node_modules/cloudevents/index.js': `module.exports = require(${sdk});`,
  };
  if (source !== 'index.js') files['index.js'] = read(`${recipe}/index.js`);
  return serveProgram(read(`${recipe}/${source}`), { args, files, file: source });
}

for (const kind of ['http', 'event']) {
  test(`knative/func probes the template for ${kind} where it tells its health`, async () => {
    const { program, flags } = await start(`knative-func/${kind}`);
    const [, path] = /^ {4}liveness: (.*)$/m.exec(read(`knative-func/${kind}/func.yaml`)) ?? [];
    assert.ok(flags.includes(`--health-path=${path}`));
    assert.equal((await fetch(program.url + path)).status, 200);
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });
}

test('the template of knative/func for HTTP answers as on its own runtime', async () => {
  const { program } = await start('knative-func/http');
  const get = await send(`${program.url}/?name=tiger`, { method: 'GET' });
  assert.deepEqual([get.status, get.text], [200, 'Hello, tiger!']);
  assert.match(get.headers['content-type'] ?? '', /^text\/plain/);
  assert.equal(get.headers['x-by'], 'func');
  const headers = { 'content-type': 'application/json' };
  const post = await send(program.url, { headers, body: '{"name":"Ada"}' });
  assert.equal(post.text, 'Hello, Ada!');
  const bad = await send(program.url, { headers, body: '{}' });
  assert.deepEqual([bad.status, bad.json], [422, { error: 'a name is missing' }]);
  assert.match(program.stdout, /^query .*name: 'tiger'/m);
});

test('the template of knative/func for events answers with the event that it returns', async () => {
  const { program } = await start('knative-func/event');
  const headers = {
    'ce-specversion': '1.0',
    'ce-id': '1',
    'ce-source': 'http://localhost:8080',
    'ce-type': 'com.example.test',
    'content-type': 'application/json',
  };
  const answer = await send(program.url, { headers, body: '{"name":"tiger"}' });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['ce-type'], 'function.response');
  assert.equal(answer.headers['ce-source'], 'function');
  assert.match(answer.headers['content-type'] ?? '', /json/);
  assert.deepEqual(answer.json, { message: 'Hello, tiger!' });
  assert.match(program.stdout, /^event 1$/m);
});

test('a subscription of Dapr delivers to its function, which may drop an event', async () => {
  const [, flags] = /npx barefn (.*)$/m.exec(read('dapr/index.js')) ?? [];
  const [, port] = /--app-port (\d+)/.exec(read('dapr/index.js')) ?? [];
  assert.equal(port, '8080');
  const program = await serve('dapr', 'index.js', flags?.split(' '));
  const [, route] = /^ {4}default: (.*)$/m.exec(read('dapr/subscription.yaml')) ?? [];
  const deliver = (data: unknown) =>
    send(program.url + route, {
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({
        specversion: '1.0',
        id: '1',
        source: 'checkout',
        type: 'com.dapr.event.sent',
        topic: 'orders',
        pubsubname: 'pubsub',
        datacontenttype: 'application/json',
        data,
      }),
    });
  const taken = await deliver({ orderId: 42 });
  assert.deepEqual([taken.status, taken.text], [204, '']);
  const dropped = await deliver({});
  assert.deepEqual([dropped.status, dropped.text], [200, '{"status":"DROP"}']);
  assert.match(program.stdout, /^order 42 of orders$/m);
  assert.equal((await fetch(`${program.url}/dapr/subscribe`)).status, 405);
});

test('Event Grid validates its subscription, and delivers batches to the function', async () => {
  const { program } = await start('event-grid');
  const consent = await send(program.url, {
    method: 'OPTIONS',
    headers: { 'WebHook-Request-Origin': 'eventgrid.azure.net', 'WebHook-Request-Rate': '120' },
  });
  assert.equal(consent.headers['webhook-allowed-origin'], 'eventgrid.azure.net');
  const events = ['1', '2'].map((id) => ({
    specversion: '1.0',
    id,
    source: '/subscriptions/6e2f/resourceGroups/shop',
    type: 'Microsoft.Storage.BlobCreated',
    dataschema: '#',
    data: { url: `https://shop.blob.core.windows.net/new/${id}` },
  }));
  const answer = await send(program.url, {
    headers: {
      'content-type': 'application/cloudevents-batch+json; charset=utf-8',
      'aeg-event-type': 'Notification',
      Origin: 'eventgrid.azure.net',
    },
    body: JSON.stringify(events),
  });
  assert.equal(answer.status, 204, answer.text);
  assert.match(program.stdout, /new blob https:.*\/1\nnew blob https:.*\/2\n/);
});
