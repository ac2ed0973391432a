import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { eventPairs } from './google/events';
import { type Program, serveProgram } from './support/program';
import { send, type Upload } from './support/wire';

// What Google's conformance client does, in our own words: a program whose functions write what they
// get into a file, requests as the client sends them, and a look at the file.
const FUNCTIONS = `
const { writeFileSync } = require('node:fs');
const { http, cloudEvent, typed } = require('barefn');
const write = (output) => writeFileSync(process.env.OUTPUT, JSON.stringify(output));
const second = () => new Promise((resolve) => setTimeout(resolve, 300));

exports.writeHttp = (req, res) => { write(req.body); res.sendStatus(200); };
exports.writeCloudEvent = (event) => write(event);
exports.writeLegacyEvent = (data, context) => write({ data, context });
http('declaredHttp', exports.writeHttp);
cloudEvent('declaredCloudEvent', exports.writeCloudEvent);
typed('declaredTyped', (request) => ({ payload: request }));

exports.slowHttp = async (req, res) => { await second(); res.send('slow'); };
exports.slowCloudEvent = exports.slowLegacyEvent = second;
typed('slowTyped', second);
`;

const directory = mkdtempSync(path.join(os.tmpdir(), 'conformance-'));
const output = path.join(directory, 'function_output.json');
const written = (): unknown => JSON.parse(readFileSync(output, 'utf8'));
after(() => rmSync(directory, { recursive: true, force: true }));

const programs = new Map<string, Promise<Program>>();

/** The function under this name, from here on; the type is left out for one that has its own. */
function start(target: string, type?: string): Promise<Program> {
  const args = [`--target=${target}`, ...(type === undefined ? [] : [`--signature-type=${type}`])];
  const program =
    programs.get(target) ?? serveProgram(FUNCTIONS, { args, env: { OUTPUT: output } });
  programs.set(target, program);
  return program;
}

const json = { 'Content-Type': 'application/json' };
const jsonUpload = (value: unknown): Upload => ({ headers: json, body: JSON.stringify(value) });

/** A CloudEvent as the SDK for Go sends it: binary, names in title case, values percent-encoded. */
function binaryUpload({
  data,
  datacontenttype: _,
  ...attributes
}: Record<string, unknown>): Upload {
  const headers = Object.entries(attributes).map(([name, value]) => [
    `Ce-${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    encodeURI(String(value)),
  ]);
  const body = JSON.stringify(data);
  return { headers: { ...json, ...Object.fromEntries(headers) }, body };
}

const structuredUpload = (event: unknown): Upload => ({
  headers: { 'Content-Type': 'application/cloudevents+json' },
  body: JSON.stringify(event),
});

async function outputFor(program: Program, upload: Upload): Promise<unknown> {
  rmSync(output, { force: true });
  const { status, text } = await send(program.url, upload);
  assert.equal(status, 204, text);
  return written();
}

const cloudEventTargets = [['writeCloudEvent', 'cloudevent'], ['declaredCloudEvent']] as const;

for (const { name, legacy, cloudEvent } of eventPairs) {
  const expected = { ...cloudEvent, datacontenttype: 'application/json' };
  const { domain: _, ...background } = legacy;

  test(`${name}: a background event reaches a background function`, async () => {
    const program = await start('writeLegacyEvent', 'event');
    assert.deepEqual(await outputFor(program, jsonUpload(legacy)), background);
  });

  test(`${name}: a background event reaches a CloudEvent function`, async () => {
    for (const [target, type] of cloudEventTargets) {
      const program = await start(target, type);
      assert.deepEqual(await outputFor(program, jsonUpload(legacy)), expected);
      const { context, ...rest } = legacy;
      const flat = { ...context, ...rest, notSupported: {} };
      assert.deepEqual(await outputFor(program, jsonUpload(flat)), expected);
    }
  });

  test(`${name}: a CloudEvent reaches a background function`, async () => {
    const program = await start('writeLegacyEvent', 'event');
    assert.deepEqual(await outputFor(program, binaryUpload(cloudEvent)), background);
  });

  test(`${name}: a CloudEvent reaches a CloudEvent function`, async () => {
    for (const [target, type] of cloudEventTargets) {
      const program = await start(target, type);
      assert.deepEqual(await outputFor(program, binaryUpload(cloudEvent)), expected);
      assert.deepEqual(await outputFor(program, structuredUpload(cloudEvent)), cloudEvent);
    }
  });
}

test('an http function gets the body, registered or exported', async () => {
  for (const [target, type] of [['writeHttp', 'http'], ['declaredHttp']] as const) {
    const program = await start(target, type);
    rmSync(output, { force: true });
    const { status } = await send(program.url, jsonUpload({ res: 'PASS' }));
    assert.equal(status, 200);
    assert.deepEqual(written(), { res: 'PASS' });
  }
});

test('a typed function gets the body and gives the answer, under the type http too', async () => {
  const request = { message: 'Hello world!' };
  const program = await start('declaredTyped', 'http');
  const { status, json: answer } = await send(program.url, jsonUpload(request));
  assert.equal(status, 200);
  assert.deepEqual(answer, { payload: request });
});

const [{ legacy, cloudEvent }] = eventPairs as [(typeof eventPairs)[0]];
const slow: [target: string, type: string, upload: Upload][] = [
  ['slowHttp', 'http', jsonUpload({ data: 'hello' })],
  ['slowTyped', 'http', jsonUpload({ data: 'hello' })],
  ['slowCloudEvent', 'cloudevent', binaryUpload(cloudEvent)],
  ['slowLegacyEvent', 'event', jsonUpload(legacy)],
];

for (const [target, type, upload] of slow) {
  test(`ten requests to ${target} take as long as one`, async () => {
    const { url } = await start(target, type);
    const first = performance.now();
    await send(url, upload);
    const one = performance.now() - first;
    assert.ok(one > 290, `${one} ms`);
    const second = performance.now();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(url, upload)));
    const ten = performance.now() - second;
    assert.ok(answers.every(({ status }) => status < 300));
    // One after the other they take ten times as long.
    assert.ok(ten < 5 * one, `${ten} ms for ten, ${one} ms for one`);
  });
}
