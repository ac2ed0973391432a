import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { exchangeBytes, parseReply, send, serve, Wire } from '../support/wire';

const CLOSING = 'Host: a\r\nConnection: close\r\n';

describe('rude clients', async () => {
  let calls = 0;
  const aborted: unknown[] = [];
  const { url, port, server } = await serve((req: any, res: any) => {
    calls++;
    if (req.path === '/large') {
      req.signal.addEventListener('abort', () => aborted.push(req.signal.reason));
      const timer = setInterval(() => res.write('x'.repeat(100_000)), 1);
      res.on('close', () => clearInterval(timer));
    } else res.json({ url: req.url, length: req.rawBody?.length });
  });
  const isWell = async (): Promise<void> => {
    assert.equal((await send(url, { method: 'GET' })).status, 200);
  };

  test('who closes only its own side still gets its answer', async () => {
    for (const bytes of [
      `GET /a HTTP/1.1\r\n${CLOSING}\r\n`,
      `POST /a HTTP/1.1\r\n${CLOSING}Content-Length: 3\r\n\r\nabc`,
    ]) {
      const wire = await Wire.connect(port);
      wire.socket.end(bytes);
      assert.equal(parseReply(await wire.end()).status, 200);
    }
  });

  test('who closes its side within a body gets nothing, and the function is not called', async () => {
    calls = 0;
    for (const framing of ['Content-Length: 10', 'Transfer-Encoding: chunked']) {
      const wire = await Wire.connect(port);
      wire.socket.end(`POST / HTTP/1.1\r\nHost: a\r\n${framing}\r\n\r\n5\r\n`);
      assert.ok([0, 400].includes(parseReply(await wire.end()).status || 0));
    }
    assert.equal(calls, 0);
    await isWell();
  });

  test('who goes away within a download stops it', async () => {
    const wires = await Promise.all(Array.from({ length: 20 }, () => Wire.connect(port)));
    for (const wire of wires) wire.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
    for (const wire of wires) await wire.sees('xxx');
    for (const wire of wires) wire.socket.resetAndDestroy();
    for (let tries = 0; aborted.length < 20 && tries < 200; tries++) await delay(10);
    assert.equal(aborted.length, 20);
    await isWell();
  });

  test('pipelined requests are answered in their order', async () => {
    const count = 500;
    const wire = await Wire.connect(port);
    for (let at = 0; at < count; at++) wire.write(`GET /${at} HTTP/1.1\r\nHost: a\r\n\r\n`);
    wire.write(`GET /end HTTP/1.1\r\n${CLOSING}\r\n`);
    const urls = [...(await wire.end()).matchAll(/"url":"\/(\w+)"/g)].map(([, name]) => name);
    assert.deepEqual(urls, [...Array.from({ length: count }, (_, at) => String(at)), 'end']);
  });

  test('thousands of idle connections are no obstacle', async () => {
    const count = 2000;
    const sockets = Array.from({ length: count }, () => net.connect(port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await isWell();
    for (const socket of sockets) socket.destroy();
    await delay(100);
    await isWell();
    server.closeIdleConnections();
  });

  test('a request for an upgrade that nobody offers is one like others', async () => {
    const fields = 'Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n';
    assert.equal((await exchangeBytes(port, `GET / HTTP/1.1\r\n${fields}\r\n`)).status, 200);
    const h2c = `${fields.replace('websocket', 'h2c')}HTTP2-Settings: AAMAAABkAAQAAP__\r\n`;
    assert.equal((await exchangeBytes(port, `GET / HTTP/1.1\r\n${h2c}\r\n`)).status, 200);
  });

  test('CONNECT opens no tunnel', async () => {
    const { status } = await exchangeBytes(port, 'CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n');
    assert.notEqual(status, 200);
    await isWell();
  });

  test('100-continue is given once, before the body', async () => {
    const wire = await Wire.connect(port);
    wire.write(`POST / HTTP/1.1\r\n${CLOSING}Expect: 100-Continue\r\nContent-Length: 3\r\n\r\n`);
    await wire.sees('100 Continue\r\n\r\n');
    wire.write('abc');
    const answer = await wire.end();
    assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    assert.match(answer, /"length":3/);
  });
});

describe('requests that a proxy may read otherwise', async () => {
  const { port } = await serve((req: any, res: any) => {
    res.json({ url: req.url, length: req.rawBody?.length });
  });
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

  for (const [title, fields, body] of [
    [
      'length and chunks',
      'Content-Length: 4\r\nTransfer-Encoding: chunked',
      `0\r\n\r\n${smuggled}`,
    ],
    [
      'chunks and length',
      'Transfer-Encoding: chunked\r\nContent-Length: 4',
      `0\r\n\r\n${smuggled}`,
    ],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 37', smuggled],
    ['a list of lengths', 'Content-Length: 0, 37', smuggled],
    ['a signed length', 'Content-Length: +0', smuggled],
    ['a length in hexadecimal', 'Content-Length: 0x0', smuggled],
    ['a length of nothing', 'Content-Length: ', smuggled],
    ['chunks under a cloak', 'Transfer-Encoding: xchunked', smuggled],
    ['chunks that are not last', 'Transfer-Encoding: chunked, gzip', `0\r\n\r\n${smuggled}`],
    ['a space before the colon', 'Transfer-Encoding : chunked', `0\r\n\r\n${smuggled}`],
    ['a folded field', 'Transfer-Encoding:\r\n chunked, x', `0\r\n\r\n${smuggled}`],
    ['a bare line feed', 'X: a\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`],
    ['a bare carriage return', 'X: a\rTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`],
    ['a NUL in a field', 'X: a\0b', smuggled],
    [
      'a chunk size that overflows',
      'Transfer-Encoding: chunked',
      `fffffffffffffffff\r\n${smuggled}`,
    ],
    ['a chunk size with junk', 'Transfer-Encoding: chunked', `0 x\r\n\r\n${smuggled}`],
    ['a chunk without its end', 'Transfer-Encoding: chunked', `1\r\nab\r\n0\r\n\r\n${smuggled}`],
    ['a negative chunk', 'Transfer-Encoding: chunked', `-1\r\n\r\n${smuggled}`],
  ] as const) {
    test(`are refused, and nothing behind them is served: ${title}`, async () => {
      const wire = await Wire.connect(port);
      wire.socket.end(`POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n${body}`);
      const answer = await wire.end();
      assert.match(answer, /^HTTP\/1\.1 400 /);
      assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1, answer);
      assert.doesNotMatch(answer, /smuggled/);
    });
  }

  test('fields of a trailer change nothing', async () => {
    const wire = await Wire.connect(port);
    wire.write(`POST / HTTP/1.1\r\n${CLOSING}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n`);
    wire.write('Content-Encoding: gzip\r\nContent-Type: application/json\r\n\r\n');
    assert.match(parseReply(await wire.end()).body, /"length":1/);
  });

  for (const target of [
    'http://',
    'http://[',
    'http:///',
    'a',
    '/a b',
    '/\u0001',
    '\\',
    '%',
    '/%00',
  ]) {
    test(`the target ${JSON.stringify(target)} harms nobody`, async () => {
      const bytes = Buffer.from(`GET ${target} HTTP/1.1\r\n${CLOSING}\r\n`, 'latin1');
      const { status } = await exchangeBytes(port, bytes);
      assert.ok([200, 400].includes(status), String(status));
      const wire = await Wire.connect(port);
      assert.equal(
        parseReply(await wire.write(`GET / HTTP/1.1\r\n${CLOSING}\r\n`).end()).status,
        200,
      );
    });
  }
});
