import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import express from 'express';
import { HttpError } from '../../src/core/errors';
import { serveProgram } from '../support/program';
import { catchErrors, until } from '../support/serving';
import { send, serve } from '../support/wire';

type Any = any;
type Handler = (req: Any, res: Any) => void;

const directory = mkdtempSync(path.join(os.tmpdir(), 'forwarded-'));
after(() => rmSync(directory, { recursive: true }));
const file = path.join(directory, 'file.txt');
writeFileSync(file, 'text');

const failing = (members = {}): Error => Object.assign(new Error('<b>broken</b>'), members);
const toNext =
  (error?: unknown): Handler =>
  (_, res) =>
    res.format({ default: (_req: Any, _res: Any, next: Any) => next(error) });
const toNextLater =
  (error?: unknown): Handler =>
  (_, res) =>
    res.format({ default: (_req: Any, _res: Any, next: Any) => setTimeout(next, 1, error) });

/** What a handler of `format` leads to, and whether it is an error of the function, which is logged. */
const FAILURES: Record<string, [handle: Handler, isLogged: boolean]> = {
  'a format that offers nothing acceptable': [(_, res) => res.format({ html: () => {} }), false],
  'an error with a status': [toNext(failing({ status: 418 })), true],
  'an error with a status, later': [toNextLater(failing({ status: 418 })), true],
  'an error with a statusCode': [toNext(failing({ statusCode: 409 })), true],
  'an error with headers': [
    toNext(failing({ status: 503, headers: { 'Retry-After': '5' } })),
    true,
  ],
  'an error without a status': [toNextLater(failing()), true],
  'an error with the status of a success': [toNext(failing({ status: 200 })), true],
  'an error after a status was set': [(_, res) => toNext(failing())(_, res.status(410)), true],
  'a text': [toNext('text'), true],
  nothing: [toNext(), false],
  'nothing, later': [toNextLater(), false],
  'a route': [toNext('route'), false],
};

describe('what a handler gives to next', () => {
  let theirs: http.Server;
  let handler: Handler;
  before(async () => {
    const app = express().set('env', 'test');
    app.use((req, res) => handler(req, res));
    theirs = http.createServer(app).listen(0, '127.0.0.1');
    await once(theirs, 'listening');
  });
  after(() => theirs.close());

  for (const [title, [handle, isLogged]] of Object.entries(FAILURES)) {
    for (const later of [false, true]) {
      test(`is answered to its request as Express does: ${title}${later ? ', called later' : ''}`, async (t) => {
        const log = catchErrors(t);
        handler = later ? (req, res) => setTimeout(() => handle(req, res), 1) : handle;
        const { url } = await serve((req: Any, res: Any) => handler(req, res));
        const setting = { method: 'GET', headers: { accept: 'image/png' } };
        const ours = await send(`${url}/`, setting);
        assert.equal(ours.headers['content-type'], 'text/plain; charset=utf-8');
        assert.equal(ours.headers['x-content-type-options'], 'nosniff');
        assert.equal(log.text() !== '', isLogged, log.text());
        const { port } = theirs.address() as AddressInfo;
        const expected = await send(`http://127.0.0.1:${port}/`, setting);
        assert.equal(ours.status, expected.status);
        assert.equal(ours.headers['retry-after'], expected.headers['retry-after']);
      });
    }
  }
});

test('an HttpError that is given to next is answered and not logged', async (t) => {
  const log = catchErrors(t);
  const { url } = await serve(toNextLater(new HttpError(404, 'NO_ORDER', 'There is no order 7.')));
  const { status, text } = await send(url, { method: 'GET' });
  assert.deepEqual([status, text, log.text()], [404, 'There is no order 7.', '']);
});

test('an error whose members throw is answered with 500', async (t) => {
  catchErrors(t);
  const error = Object.defineProperty(failing(), 'status', {
    get: () => {
      throw new Error('in a getter');
    },
  });
  const { url } = await serve(toNextLater(error));
  assert.equal((await send(url, { method: 'GET' })).status, 500);
});

test('next after the answer only logs an error, and does nothing without one', async (t) => {
  const log = catchErrors(t);
  let called = 0;
  const { url } = await serve((_: Any, res: Any) =>
    res.format({
      default(_req: Any, _res: Any, next: Any) {
        res.send('answered');
        next();
        next(failing());
        called += 1;
      },
    }),
  );
  const { status, text } = await send(url, { method: 'GET' });
  await until(() => called === 1);
  assert.deepEqual([status, text], [200, 'answered']);
  assert.match(log.text(), /^Exception from a finished function: Error: <b>broken/);
});

test('a file whose head cannot be written is answered with 500, and closed', async (t) => {
  const log = catchErrors(t);
  const errors: Any[] = [];
  const { url } = await serve((req: Any, res: Any) => {
    res.statusMessage = '\u0100';
    if (req.path === '/callback') {
      res.sendFile(file, (error: Any) => {
        errors.push(error.code);
        res.statusMessage = '';
        res.status(501).send('sent');
      });
    } else res.sendFile(file);
  });
  for (const method of ['GET', 'HEAD']) {
    assert.equal((await send(url, { method })).status, 500);
    assert.match(log.text(), /ERR_INVALID_CHAR/);
    assert.equal((await send(`${url}/callback`, { method })).status, 501);
  }
  assert.deepEqual(errors, ['ERR_INVALID_CHAR', 'ERR_INVALID_CHAR']);
});

test('the command answers it with its status and logs it with its execution id', async (t) => {
  const program = await serveProgram(
    `exports.function = (req, res) => setTimeout(() => res.format({
       html: (a, b, next) => setTimeout(() => next(Object.assign(new Error('secret'), { status: 418 })), 1),
     }), 1);`,
    { args: ['--log-execution-id'] },
  );
  t.after(() => program.kill());
  const headers = { accept: 'text/html' };
  const { status, text } = await send(program.url, { method: 'GET', headers });
  assert.deepEqual([status, text], [418, 'secret']);
  await program.logged('Error: secret');
  assert.match(program.stderr, /execution_id/);
  const none = await send(program.url, { method: 'GET', headers: { accept: 'image/png' } });
  assert.equal(none.status, 406);
});
