import assert from 'node:assert/strict';
import http from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serveProgram } from '../support/program';
import { get, request, SLOW } from '../support/slow-function';
import { Wire } from '../support/wire';

const BUSY = `
const { http, onShutdown } = require('barefn');
let served = 0;
onShutdown(() => process.stderr.write('served ' + served));
http('function', (req, res) => {
  served++;
  if (req.path === '/busy') {
    const block = () => { for (const end = Date.now() + 400; Date.now() < end; ); res.send('was busy'); };
    if (req.query.after) setTimeout(block, Number(req.query.after));
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
    const waiting = Array.from({ length: 100 }, () => get(`${program.url}/w?ms=1500`, agent));
    for (const wire of half) wire.write(upload('/h?ms=1', 10, '12345'));
    for (const wire of streamed) wire.write(request('/stream?ms=1500'));
    for (const wire of pipelined) wire.write(request('/a?ms=1000') + request('/b?ms=1050'));
    for (const wire of idle) wire.write(request('/i?ms=1'));
    for (const wire of idle) await wire.sees('done /i');
    for (const wire of streamed) await wire.sees('first,');
    while (Number((await get(`${program.url}/open`)).text) < 100 + 50 + 40) await delay(10);
    program.signal('SIGTERM');
    await delay(70);
    for (const wire of idle.slice(0, 15)) wire.write(request('/late?ms=1'));
    await delay(200);
    for (const wire of half) wire.write('67890');
    for (const { text } of await Promise.all(waiting)) assert.equal(text, 'done /w');
    await allEnd(half, /Connection: close.*done \/h$/s);
    await allEnd(streamed, /last\r\n0\r\n\r\n$/);
    await allEnd(pipelined, /done \/a.*Connection: close.*done \/b$/s);
    await allEnd(idle.slice(0, 15), /Connection: close.*done \/late$/s);
    await allEnd(idle.slice(15), /done \/i$/);
    assert.equal(await program.exit(), 0);
    agent.destroy();
  });

  test('of connections that wait to be accepted behind a busy function', async () => {
    const program = await serveProgram(BUSY);
    const first = await Wire.connect(program.port);
    first.write(request('/busy'));
    await delay(100);
    const waiting = await connect(program.port, 30);
    for (const wire of waiting) wire.write(request('/waiting'));
    program.signal('SIGTERM');
    await allEnd(waiting, /200 OK.*done \/waiting$/s);
    await allEnd([first], /was busy$/);
    assert.equal(await program.exit(), 0);
  });

  test('of requests that came on idle connections while a function was busy', async () => {
    const program = await serveProgram(BUSY);
    const idle = await connect(program.port, 20);
    for (const wire of idle) wire.write(request('/first'));
    for (const wire of idle) await wire.sees('done /first');
    const busy = await Wire.connect(program.port);
    busy.write(request('/busy?after=100'));
    await delay(30);
    program.signal('SIGTERM');
    await delay(250);
    for (const wire of idle) wire.write(request('/late'));
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
    await delay(50);
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
    registration: "cloudEvent('function', async ({ id }) => { await delay(300); done(id); })",
    message: (id: string) => ({ specversion: '1.0', id, source: '/s', type: 't' }),
  },
  'legacy event': {
    registration: `event('function', (data, { eventId }, callback) => {
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
    await delay(150);
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
