import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import type { HttpResponse } from '../../src/http/response/response';
import { serveProgram } from '../support/program';
import { catchErrors, until } from '../support/serving';
import { send, serve, Wire } from '../support/wire';

type Any = any;

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'leavers-'));
after(() => fs.rmSync(directory, { recursive: true }));
const large = path.join(directory, 'large.bin');
fs.writeFileSync(large, Buffer.alloc(16 * 1024 * 1024));
const empty = path.join(directory, 'empty.bin');
fs.writeFileSync(empty, '');

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const HEAD = 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n';

/** Files that a process has open, by its descriptors. */
function openFiles(pid: number | 'self' = 'self'): string[] {
  const descriptors = `/proc/${pid}/fd`;
  return fs.readdirSync(descriptors).flatMap((descriptor) => {
    try {
      return [fs.readlinkSync(`${descriptors}/${descriptor}`)];
    } catch {
      return [];
    }
  });
}

/** Keeps calls of a method of node:fs waiting. */
function hold(t: TestContext, method: 'stat' | 'open' | 'read'): Any {
  const original = fs[method] as (...args: unknown[]) => void;
  let arrive: Any;
  let release: Any;
  const called = new Promise((resolve) => {
    arrive = resolve;
  });
  const held = new Promise((resolve) => {
    release = resolve;
  });
  t.mock.method(fs, method, (...args: unknown[]) => {
    arrive();
    void held.then(() => original(...args));
  });
  return { called, release };
}

type Call = (res: Any, file: string, done: (error?: Error) => void) => void;
const CALLS: Record<string, Call> = {
  sendFile: (res, file, done) => res.sendFile(file, done),
  download: (res, file, done) => res.download(file, done),
};

/** Asks for a file and leaves; returns what the callback of the function got. */
async function leave(
  call: Call,
  { file = large, request = GET, turn = 1, late = false, when = async (_: Wire) => {} } = {},
): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  let requests = 0;
  let response: HttpResponse | undefined;
  const { port } = await serve((_: unknown, res: Any) => {
    requests += 1;
    if (requests !== turn) return;
    response = res;
    const run = (): void => call(res, file, (error) => outcomes.push(error));
    if (late) res.once('close', () => setImmediate(run));
    else run();
  });
  const wire = await Wire.connect(port);
  wire.write(request.repeat(turn));
  await until(() => response !== undefined);
  await when(wire);
  wire.destroy();
  await until(() => response?.closed === true);
  return outcomes;
}

const isAborted = (outcome: unknown): boolean =>
  (outcome as NodeJS.ErrnoException).code === 'ECONNABORTED';

async function assertAborted(t: TestContext, run: () => Promise<unknown[]>): Promise<void> {
  const log = catchErrors(t);
  const outcomes = await run();
  await until(() => outcomes.length > 0);
  if (fs.existsSync('/proc/self/fd')) await until(() => !openFiles().includes(large));
  assert.deepEqual(outcomes.map(isAborted), [true], String(outcomes));
  assert.equal(log.text(), '');
}

describe('a client that leaves', () => {
  for (const [name, call] of Object.entries(CALLS)) {
    test(`before ${name} is called aborts it`, (t) =>
      assertAborted(t, () => leave(call, { late: true })));

    for (const method of ['stat', 'open', 'read'] as const) {
      test(`while ${name} waits for fs.${method} aborts it`, (t) =>
        assertAborted(t, async () => {
          const held = hold(t, method);
          const outcomes = await leave(call, { when: () => held.called });
          held.release();
          return outcomes;
        }));
    }

    test(`after the first bytes of ${name} aborts it`, (t) =>
      assertAborted(t, () => leave(call, { when: (wire) => wire.sees('HTTP/1.1 200 OK') })));

    test(`while ${name} waits for its turn on the connection aborts it`, (t) =>
      assertAborted(t, () => leave(call, { turn: 3 })));
  }

  for (const [title, file, request] of [
    ['a HEAD request', large, HEAD],
    ['an empty file', empty, GET],
    ['a missing file', path.join(directory, 'none'), GET],
    ['a file that did not change', large, GET.replace('\r\n\r\n', '\r\nIf-None-Match: *\r\n\r\n')],
  ] as const) {
    test(`aborts sendFile for ${title}`, async (t) => {
      await assertAborted(t, () => leave(CALLS['sendFile'] as Call, { file, request, late: true }));
    });
  }
});

test('a file that is sent brings no warning beside other listeners', async (t) => {
  const warnings: string[] = [];
  const note = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', note);
  t.after(() => process.off('warning', note));
  const { url } = await serve(
    (_: unknown, res: Any) => {
      for (let count = 0; count < 4; count++) res.on('close', () => {});
      res.sendFile(large);
    },
    { timeout: 5, maxConcurrency: 5 },
  );
  assert.equal((await send(url, { method: 'GET' })).text.length, fs.statSync(large).size);
  assert.deepEqual(warnings, []);
});

test('a file that is cut while it is sent ends the connection, not the response', async (t) => {
  const file = path.join(directory, 'shrinks.bin');
  fs.copyFileSync(large, file);
  const log = catchErrors(t);
  let outcome: Any;
  const { port } = await serve((_: unknown, res: Any) => {
    res.sendFile(file, (error: Error) => {
      outcome = error;
    });
  });
  const wire = await Wire.connect(port);
  wire.write(GET);
  await wire.sees('HTTP/1.1 200 OK');
  wire.socket.pause();
  fs.truncateSync(file, 1000);
  wire.socket.resume();
  await wire.end();
  await until(() => outcome !== undefined);
  assert.match(outcome.message, /became shorter/);
  assert.equal(log.text(), '');
});

const hasProc = fs.existsSync('/proc/self/fd');
const LEAVERS = 300;

test('the command loses no descriptor to clients that leave, and logs nothing', {
  skip: !hasProc && 'no /proc',
}, async (t) => {
  const program = await serveProgram(
    `exports.function = (req, res) => {
       const run = () => res.sendFile(${JSON.stringify(large)});
       if (req.query.ms) setTimeout(run, req.query.ms);
       else run();
     };`,
  );
  t.after(() => program.kill());
  const pid = program.child.pid as number;
  assert.equal((await send(`${program.url}/`, { method: 'HEAD' })).status, 200);
  const before = openFiles(pid).length;
  for (let left = 0; left < LEAVERS; left += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, at) => comeAndGo(program.port, at)));
  }
  await until(() => openFiles(pid).length <= before);
  assert.equal(program.stderr, '');
  assert.equal((await send(`${program.url}/`, { method: 'HEAD' })).status, 200);
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 0);
});

/** A client that leaves at one of several moments. */
async function comeAndGo(port: number, kind: number): Promise<void> {
  const socket = net.connect(port, '127.0.0.1').on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  const end = (): void => void (kind % 2 ? socket.resetAndDestroy() : socket.destroy());
  const request = GET.replace('/', kind % 3 === 0 ? '/?ms=20' : '/');
  socket.write(kind % 5 === 0 ? request.repeat(3) : request, () => {
    if (kind % 4 === 0) socket.once('data', end);
    else setTimeout(end, kind % 4);
    setTimeout(end, 100);
  });
  await closed;
}
