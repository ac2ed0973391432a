import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serveProgram } from '../support/program';
import { endThenRelease, get, request, SLOW, untilOpen } from '../support/slow-function';
import { Wire } from '../support/wire';

const directory = mkdtempSync(path.join(os.tmpdir(), 'shutdown-'));
after(() => rmSync(directory, { recursive: true }));

/** Blocks its process until a file is there: at once, or some time after a signal. */
const BUSY = `
const { existsSync } = require('node:fs');
const { http, onShutdown } = require('barefn');
const signalled = new Promise((resolve) => process.on('SIGTERM', resolve));
let served = 0;
onShutdown(() => process.stderr.write('served ' + served));
http('function', (req, res) => {
  served++;
  if (req.path === '/busy') {
    const block = () => {
      process.stdout.write('busy;');
      while (!existsSync(req.query.until));
      res.send('was busy');
    };
    if (req.query.after) signalled.then(() => setTimeout(block, Number(req.query.after)));
    else block();
  } else if (req.path === '/large') res.send('x'.repeat(2e7));
  else res.send('done ' + req.path);
});
`;

describe('at SIGTERM nothing that was accepted is lost', () => {
  test('of hundreds of requests in every state', async () => {
    const program = await serveProgram(SLOW);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
    const half = await connect(program.port, 50);
    const streamed = await connect(program.port, 50);
    const pipelined = await connect(program.port, 20);
    const idle = await connect(program.port, 30);
    const waiting = Array.from({ length: 100 }, () => get(`${program.url}/held?ms=1000`, agent));
    for (const wire of half) wire.write(upload('/h?ms=1', 10, '12345'));
    for (const wire of streamed) wire.write(request('/stream?ms=1500'));
    for (const wire of pipelined) wire.write(request('/held/a?ms=1') + request('/held/b?ms=500'));
    for (const wire of idle) wire.write(request('/i?ms=1'));
    for (const wire of idle) await wire.sees('done /i');
    for (const wire of streamed) await wire.sees('first,');
    await untilOpen(program.url, 100 + 50 + 40);
    await endThenRelease(program, 'SIGTERM');
    for (const wire of idle.slice(0, 15)) wire.write(request('/late?ms=1'));
    await delay(200);
    for (const wire of half) wire.write('67890');
    for (const { text } of await Promise.all(waiting)) assert.equal(text, 'done /held');
    await allEnd(half, /Connection: close.*done \/h$/s);
    await allEnd(streamed, /last\r\n0\r\n\r\n$/);
    await allEnd(pipelined, /done \/held\/a.*Connection: close.*done \/held\/b$/s);
    await allEnd(idle.slice(0, 15), /Connection: close.*done \/late$/s);
    await allEnd(idle.slice(15), /done \/i$/);
    assert.equal(await program.exit(), 0);
    agent.destroy();
  });

  test('of connections that wait to be accepted behind a busy function', async () => {
    const program = await serveProgram(BUSY);
    const first = await Wire.connect(program.port);
    const until = path.join(directory, 'accepting');
    first.write(request(`/busy?until=${until}`));
    await program.printed('busy;');
    const waiting = await connect(program.port, 30);
    for (const wire of waiting) wire.write(request('/waiting'));
    program.signal('SIGTERM');
    writeFileSync(until, '');
    await allEnd(waiting, /200 OK.*done \/waiting$/s);
    await allEnd([first], /was busy$/);
    assert.equal(await program.exit(), 0);
  });

  test('of connections that wait to be accepted where every turn of the event loop is slow', async () => {
    const program = await serveProgram(
      `const burn = () => {
         for (const end = performance.now() + 15; performance.now() < end; );
         setImmediate(burn);
       };
       process.on('SIGTERM', burn);
       ${BUSY}`,
    );
    const first = await Wire.connect(program.port);
    const until = path.join(directory, 'slow');
    first.write(request(`/busy?until=${until}`));
    await program.printed('busy;');
    const waiting = await connect(program.port, 60);
    for (const wire of waiting) wire.write(request('/waiting'));
    program.signal('SIGTERM');
    writeFileSync(until, '');
    await allEnd(waiting, /200 OK.*done \/waiting$/s);
    assert.equal(await program.exit(), 0);
  });

  test('of requests that came on idle connections while a function was busy', async () => {
    const program = await serveProgram(BUSY);
    const idle = await connect(program.port, 20);
    for (const wire of idle) wire.write(request('/first'));
    for (const wire of idle) await wire.sees('done /first');
    const busy = await Wire.connect(program.port);
    const until = path.join(directory, 'idle');
    busy.write(request(`/busy?after=20&until=${until}`));
    await get(program.url);
    program.signal('SIGTERM');
    await program.printed('busy;');
    // By then idle connections would be closed.
    await delay(250);
    for (const wire of idle) wire.write(request('/late'));
    writeFileSync(until, '');
    await allEnd(idle, /Connection: close.*done \/late$/s);
    await allEnd([busy], /was busy$/);
    assert.equal(await program.exit(), 0);
  });

  test('of a request that follows a response whose head promised to keep the connection', async () => {
    const program = await serveProgram(SLOW);
    const wires = await connect(program.port, 10);
    for (const wire of wires) wire.write(request('/stream'));
    for (const wire of wires) await wire.sees('first,');
    program.signal('SIGTERM');
    for (const wire of wires) await wire.sees('0\r\n\r\n');
    await delay(10);
    for (const wire of wires) wire.write(request('/next?ms=1'));
    await allEnd(wires, /Connection: close.*done \/next$/s);
    assert.equal(await program.exit(), 0);
  });

  test('of a large response that is read slowly', async () => {
    const program = await serveProgram(BUSY);
    const wire = await Wire.connect(program.port);
    wire.socket.pause();
    wire.write(request('/large'));
    await delay(200);
    program.signal('SIGTERM');
    await delay(400);
    wire.socket.resume();
    const text = await wire.end();
    assert.equal(text.length - text.indexOf('xxx'), 2e7);
    assert.equal(await program.exit(), 0);
  });

  test('of clients that go on sending until the port is closed', async () => {
    const program = await serveProgram(BUSY);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 40 });
    const clients = Array.from({ length: 40 }, () => countAnswers(program.url, agent));
    await delay(300);
    program.signal('SIGTERM');
    const answered = (await Promise.all(clients)).reduce((sum, count) => sum + count, 0);
    assert.equal(await program.exit(), 0);
    assert.equal(program.stderr, `served ${answered}`);
    assert.ok(answered > 40);
    agent.destroy();
  });
});

const EVENTS = {
  cloudevent: {
    registration:
      "cloudEvent('function', async ({ id }) => { begin(); await delay(300); done(id); })",
    message: (id: string) => ({ specversion: '1.0', id, source: '/s', type: 't' }),
  },
  'legacy event': {
    registration: `event('function', (data, { eventId }, callback) => {
      begin();
      setTimeout(() => { done(eventId); callback(); }, 300);
    })`,
    message: (eventId: string) => ({ data: {}, context: { eventId, eventType: 't' } }),
  },
};
for (const [name, { registration, message }] of Object.entries(EVENTS)) {
  test(`a ${name} function ends its events, and they are acknowledged`, async () => {
    const program = await serveProgram(
      `const { cloudEvent, event } = require('barefn');
       const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
       const begin = () => process.stdout.write('begun;');
       const done = (id) => process.stderr.write('<' + id + '>');
       ${registration};`,
    );
    const wires = await connect(program.port, 50);
    for (const [id, wire] of wires.entries()) {
      const text = JSON.stringify(message(String(id)));
      const type = name === 'cloudevent' ? 'cloudevents+json' : 'json';
      const fields = `Content-Type: application/${type}\r\n`;
      wire.write(upload('/', text.length, text, fields));
    }
    await program.until(() => program.stdout.split('begun;').length === 51);
    program.signal('SIGTERM');
    await allEnd(wires, /^HTTP\/1.1 20[04] /);
    assert.equal(await program.exit(), 0);
    assert.equal(new Set(program.stderr.match(/<\d+>/g)).size, 50);
  });
}

function connect(port: number, count: number): Promise<Wire[]> {
  return Promise.all(Array.from({ length: count }, () => Wire.connect(port)));
}

async function allEnd(wires: readonly Wire[], expected: RegExp): Promise<void> {
  for (const wire of wires) assert.match(await wire.end(), expected);
}

function upload(target: string, length: number, body: string, fields = ''): string {
  return `POST ${target} HTTP/1.1\r\nHost: a\r\n${fields}Content-Length: ${length}\r\n\r\n${body}`;
}

/** Sends requests until the port is closed. Resolves with how many were answered. */
async function countAnswers(url: string, agent: http.Agent): Promise<number> {
  for (let answered = 0; ; answered++) {
    const answer = await get(`${url}/c`, agent).catch(() => undefined);
    if (answer === undefined) return answered;
    assert.equal(answer.text, 'done /c');
  }
}
