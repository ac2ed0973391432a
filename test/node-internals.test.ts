import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import http, { IncomingMessage, ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { type Duplex, duplexPair } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { root } from './support/packed';
import { parseReply, Wire } from './support/wire';

// What src/ leans on although Node does not document it, each by itself and without barefn. Where one of
// these fails on a new Node, the comment tells which file to look at and what breaks there.

/** What Node holds beyond its types. */
interface Internals {
  parser?: { incoming: unknown } | null;
  _eventsCount?: number;
  _httpMessage?: unknown;
  _repeat?: number | null;
}

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc';

async function listen(
  t: TestContext,
  listener: http.RequestListener,
  options: http.ServerOptions = {},
): Promise<{ server: http.Server; wire: Wire }> {
  const server = http.createServer(options, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wire = await Wire.connect((server.address() as AddressInfo).port);
  t.after(() => {
    wire.destroy();
    server.close();
    server.closeAllConnections();
  });
  return { server, wire };
}

/** Runs a program in a process of its own and gives what it prints. */
function printed(program: string, ...flags: string[]): string {
  return execFileSync(process.execPath, [...flags, '-e', program], { encoding: 'utf8' });
}

// http/request/stream.ts: `captureBody` would never see a body, and each request with one would hang.
test('the parser gives a body by push(), and null at its end', async (t) => {
  const pushed: unknown[] = [];
  class Request extends IncomingMessage {
    override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
      pushed.push(chunk === null ? null : Buffer.isBuffer(chunk) && String(chunk));
      return super.push(chunk, encoding);
    }
  }
  const answer: http.RequestListener = (req, res) => req.resume().on('end', () => res.end('x'));
  const { wire } = await listen(t, answer, { IncomingMessage: Request });
  await wire.write(POST).sees('\r\n\r\nx');
  assert.deepEqual(pushed, ['abc', null]);
});

// http/request/stream.ts, resume(): a body that nobody reads would hold up its connection. Requests without
// a body are resumed too before Node 26: passing that by spares 11 % of the instructions of a request.
test('after a response, node resumes a request whose body nobody reads', async (t) => {
  let resumed = 0;
  class Request extends IncomingMessage {
    override resume(): this {
      resumed += 1;
      return super.resume();
    }
  }
  const { wire } = await listen(t, (_, res) => res.end('x'), { IncomingMessage: Request });
  await wire.write(POST).sees('\r\n\r\nx');
  assert.equal(resumed, 1);
});

// http/request/stream.ts, isOver(): requests that a function reads would be taken for unread.
test('_eventsCount is the number of events that have listeners', (t) => {
  const req = new IncomingMessage(new net.Socket());
  t.after(() => req.destroy());
  const { _eventsCount: before } = req as Internals;
  req.on('data', () => {}).on('data', () => {});
  assert.deepEqual([before, (req as Internals)._eventsCount], [0, 1]);
});

// http/request/stream.ts, releaseFromParser(): each idle connection would hold its last request.
test('the parser of a socket holds on to the request by `incoming`, and can do without', async (t) => {
  const held: boolean[] = [];
  const { wire } = await listen(t, (req, res) => {
    const { parser } = req.socket as net.Socket & Internals;
    held.push(parser?.incoming === req);
    res.on('finish', () => {
      if (parser && req.complete) parser.incoming = null;
    });
    res.end('x');
  });
  for (const count of [1, 2]) {
    wire.received = '';
    await wire.write(GET).sees('\r\n\r\nx');
    assert.deepEqual(held, Array(count).fill(true));
  }
});

// process/drain.ts and process/request-errors.ts: connections would stay open after the last response, or
// close before those that wait.
test('shouldKeepAlive decides on the Connection field until the head is written', async (t) => {
  const { wire } = await listen(t, (req, res) => {
    res.shouldKeepAlive = false;
    if (req.url === '/stays') res.shouldKeepAlive = true;
    res.end('x');
  });
  await wire.write(GET.replace('/', '/stays')).sees('\r\n\r\nx');
  assert.match(parseReply(wire.received).head, /\r\nConnection: keep-alive/);
  wire.received = '';
  assert.match(await wire.write(GET).end(), /\r\nConnection: close\r\n.*\r\n\r\nx$/s);
});

// server/http2/http2.ts: HTTP/2 and HTTP/1 could not be distinguished on one port; `--http2` would be refused.
test('the one listener of "connection" serves HTTP/1 on any duplex stream', async (t) => {
  const { server } = await listen(t, (_, res) => res.end('x'));
  const listeners = server.listeners('connection') as ((stream: Duplex) => void)[];
  assert.equal(listeners.length, 1);
  const [client, served] = duplexPair();
  listeners[0]?.call(server, served);
  client.write(GET);
  const [text] = await once(client.setEncoding('latin1'), 'data');
  assert.equal(parseReply(text).status, 200);
  client.destroy();
  served.destroy();
});

// server/health.ts: the health path would stand behind the function, or in place of it.
test('the one listener of "request" is what createServer() was given', async (t) => {
  const listener: http.RequestListener = (_, res) => res.end('x');
  const { server } = await listen(t, listener);
  assert.deepEqual(server.listeners('request'), [listener]);
});

// server/http2/connection.ts, isReady: a stream of HTTP/2 would be sent on a connection that is still busy.
test('_httpMessage of a socket is the response that is written, and null after it', async (t) => {
  const held: unknown[] = [];
  const { wire } = await listen(t, (req, res) => {
    const socket = req.socket as net.Socket & Internals;
    held.push(socket._httpMessage === res);
    res.on('close', () => held.push(socket._httpMessage));
    res.end('x');
  });
  await wire.write(GET).sees('\r\n\r\nx');
  assert.deepEqual(held, [true, null]);
});

// server/http2/connection.ts, pass() and _write(): the end of a response would be taken for bytes of another.
test('a response writes nothing to its connection once it has ended, but for empty chunks', async (t) => {
  const { server } = await listen(t, (_, res) => res.end('x'));
  const [client, served] = duplexPair();
  server.emit('connection', served);
  let finished = false;
  const late: number[] = [];
  const { _write: write } = served;
  served._write = (chunk: Buffer, encoding, done) => {
    if (finished) late.push(chunk.length);
    finished ||= String(chunk).endsWith('x');
    write.call(served, chunk, encoding, done);
  };
  client.write(GET);
  await once(client, 'data');
  assert.deepEqual(
    late.filter((length) => length > 0),
    [],
  );
  client.destroy();
  served.destroy();
});

// server/pipelined.ts: responses behind one that was cut off would never close, and would count as running.
test('`closed` of a response follows `_closed`', () => {
  const res = new ServerResponse(new IncomingMessage(new net.Socket()));
  assert.equal(res.closed, false);
  Object.assign(res, { destroyed: true, _closed: true });
  assert.deepEqual([res.closed, res.destroyed], [true, true]);
});

// http/response/response.ts and signatures/web/response.ts: fields that repeat would be lost.
test('writeHead() takes a flat array, where names repeat', async (t) => {
  const { wire } = await listen(t, (_, res) => {
    res.writeHead(200, ['X-A', '1', 'x-a', '2', 'Content-Length', '1', 'Connection', 'close']);
    res.end('x');
  });
  const { head } = parseReply(await wire.write(GET).end());
  assert.match(head, /\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 1\r\nConnection: close\r\n/);
});

// http/response/response.ts, canSendFast(): middleware that replaces these would be passed by.
test('what Express and middleware replace are methods of the prototypes', () => {
  for (const name of ['writeHead', 'end', 'setHeader'] as const) {
    assert.equal(typeof ServerResponse.prototype[name], 'function', name);
    assert.ok(!Object.hasOwn(new ServerResponse(new IncomingMessage(new net.Socket())), name));
  }
});

// process/drain.ts: requests that are on their way on idle connections would be reset at SIGTERM.
test('close() of net.Server stops a server of HTTP and leaves idle connections open', async (t) => {
  const { server, wire } = await listen(t, (_, res) => res.end('x'));
  const { port } = server.address() as AddressInfo;
  await wire.write(GET).sees('\r\n\r\nx');
  net.Server.prototype.close.call(server);
  const [refused] = await once(net.connect(port, '127.0.0.1'), 'error');
  assert.equal(refused.code, 'ECONNREFUSED');
  wire.received = '';
  await wire.write(GET).sees('\r\n\r\nx');
  assert.equal(wire.socket.closed, false);
});

// load/own-name.ts: functions would register with another copy of barefn, and not be found.
test('require() asks Module._load, which can be replaced', () => {
  const program = `
    const loader = module.constructor, load = loader._load;
    loader._load = (name, ...rest) => name === 'own-name' ? 'replaced' : load(name, ...rest);
    console.log(require('own-name'), typeof require('node:fs').readFileSync);`;
  assert.equal(printed(program), 'replaced function\n');
});

// process/request-errors.ts: an exception that a function throws late would end the process.
test('node tells of errors that nobody caught by process.emit(), which can be replaced', () => {
  const program = (mode: string): string => `
    const { AsyncLocalStorage } = require('node:async_hooks');
    const storage = new AsyncLocalStorage();
    process.emit = (event, error, origin) => {
      if (error instanceof Error) console.log(event, error.message, storage.getStore());
      return true;
    };
    storage.run('kept', () => setTimeout(() => { ${mode}; }));`;
  assert.equal(
    printed(program(`throw new Error('thrown')`)),
    'uncaughtExceptionMonitor thrown kept\nuncaughtException thrown kept\n',
  );
  const rejected = program(`Promise.reject(new Error('rejected'))`);
  assert.equal(printed(rejected), 'unhandledRejection rejected kept\n');
  // Node 20 has forgotten by the second event whose the rejection is.
  assert.match(
    printed(rejected, '--unhandled-rejections=strict'),
    /^uncaughtExceptionMonitor rejected \w+\nuncaughtException rejected \w+\nunhandledRejection rejected \w+\n$/,
  );
});

// process/request-errors.ts, leaveDomains(): the next request would run in the domain of one that failed.
test('process.domain is the domain that runs, and exit() leaves it', () => {
  const program = `
    const domain = require('node:domain').create();
    domain.enter();
    const entered = process.domain === domain;
    domain.exit();
    console.log(entered, process.domain == null);`;
  assert.equal(printed(program), 'true true\n');
});

// dev/unfinished.ts: warnings of unfinished work would call intervals timeouts.
test('_repeat of a timer is the period of setInterval() alone', (t) => {
  const [timeout, interval] = [setTimeout(() => {}, 10), setInterval(() => {}, 10)];
  t.after(() => [timeout, interval].forEach(clearTimeout));
  const { _repeat: none } = timeout as Internals;
  assert.equal(none ?? null, null);
  assert.equal((interval as Internals)._repeat, 10);
});

// dev/unfinished.ts, KINDS: work that is left behind would not be noticed.
test('async_hooks name timers, sockets, files, look-ups and children as they did', () => {
  const program = `
    const types = new Set();
    require('node:async_hooks').createHook({ init: (id, type) => types.add(type) }).enable();
    setTimeout(() => {});
    require('node:fs').stat('.', () => {});
    require('node:fs').promises.stat('.');
    require('node:dns').lookup('127.0.0.1.', () => {});
    require('node:child_process').spawn(process.execPath, ['--version']);
    const server = require('node:net').createServer().listen(0, '127.0.0.1', () =>
      require('node:net').connect(server.address().port, '127.0.0.1', function () {
        this.destroy();
        server.close(() => require('node:fs').writeSync(1, [...types].join(' ')));
      }));`;
  const types = printed(program).split(' ');
  for (const type of [
    ...[
      'Timeout',
      'FSREQCALLBACK',
      'FSREQPROMISE',
      'GETADDRINFOREQWRAP',
      'PROCESSWRAP',
      'PIPEWRAP',
    ],
    ...['TCPSERVERWRAP', 'TCPWRAP', 'TCPCONNECTWRAP'],
  ]) {
    assert.ok(types.includes(type), `${type} is not among ${types}`);
  }
});

// load/missing-module.ts: what is not installed would not be named with a command to install it.
test('errors of modules that are not there name them in these words', async () => {
  assert.throws(() => require('not-there/file'), /Cannot find module 'not-there\/file'/);
  const program = `import('not-there/file').catch((error) => console.log(error.message));`;
  assert.match(printed(program), /Cannot find package 'not-there'/);
});

test('the files that these comments name are there', () => {
  const text = readFileSync(__filename, 'utf8');
  const named = [...text.matchAll(/^\/\/ .*?\.ts\b/gm)].flatMap(([line]) =>
    line.match(/[\w/-]+\.ts/g),
  );
  assert.ok(named.length > 10);
  for (const file of named)
    assert.ok(existsSync(path.join(root, 'src', String(file))), String(file));
});
