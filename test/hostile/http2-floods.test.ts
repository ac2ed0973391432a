import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import { FLOODS } from '../fuzz/frame-words';
import { type Program, serveProgram } from '../support/program';

/** Tells the CPU time that the process has used, in ms. */
const TELL_CPU = `process.on('SIGUSR2', () => {
  const { user, system } = process.cpuUsage();
  console.log('cpu ' + (user + system) / 1000);
});`;

const FUNCTION = `exports.function = (req, res) => res.send('Hello');\n${TELL_CPU}`;

/** What Node itself makes of the same bytes. */
const REFERENCE = `const server = require('node:http2').createServer({ settings: { maxConcurrentStreams: 250 } });
server.on('session', (session) => session.on('error', () => {}));
server.on('stream', (stream) => {
  stream.on('error', () => {});
  stream.respond();
  stream.end('Hello');
});
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
${TELL_CPU}`;

/** How often a flood comes over a connection of its own, and how much more than Node it may cost. */
const COSTS: Record<string, { times: number; most: number }> = {
  'rapid reset': { times: 12, most: 1.5 },
  'rapid reset of uploads': { times: 12, most: 1.5 },
  PING: { times: 60, most: 1.5 },
  SETTINGS: { times: 60, most: 1.5 },
  PRIORITY: { times: 60, most: 1.5 },
  'empty DATA': { times: 60, most: 1.5 },
};

describe('floods of HTTP/2 frames', () => {
  let program: Program;
  let child: ChildProcess;
  let printed = '';
  let port = 0;

  before(async () => {
    program = await serveProgram(FUNCTION, { args: ['--http2'] });
    child = spawn(process.execPath, ['-e', REFERENCE], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    while (!printed.includes('port ')) await once(child.stdout as NodeJS.ReadableStream, 'data');
    port = Number(/port (\d+)/.exec(printed)?.[1]);
  });
  after(() => {
    program.kill();
    child.kill('SIGKILL');
  });

  for (const [name, { times, most }] of Object.entries(COSTS)) {
    test(`${name}: at most ${most} times the CPU of node:http2, and others are served meanwhile`, async () => {
      const bytes = (FLOODS[name] as () => Buffer)();
      // A busy machine, or a collection of garbage, can disturb one attempt.
      for (let attemptsLeft = 2; ; attemptsLeft--) {
        const { cost, reference } = await costOf(bytes, times);
        if (cost < reference * most + 100) break;
        assert.ok(attemptsLeft > 0, `${cost} ms of CPU, Node's own ${reference}`);
      }
      assert.equal(program.stderr, '');
    });
  }

  /** The CPU time, in ms, that floods take of the program, which answers others too, and of the reference. */
  async function costOf(
    bytes: Buffer,
    times: number,
  ): Promise<{ cost: number; reference: number }> {
    const [ours, theirs] = [await cpuOfProgram(), await cpuOfReference()];
    for (let i = 0; i < times; i++) {
      const [status] = await Promise.all([isServed(), flood(program.port, bytes)]);
      assert.equal(status, 200);
      await flood(port, bytes);
    }
    return {
      cost: (await cpuOfProgram()) - ours,
      reference: (await cpuOfReference()) - theirs,
    };
  }

  /** Asks over HTTP/1.1, on a connection of its own. */
  function isServed(): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = http.get(program.url, { agent: false }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode as number));
      });
      request.on('error', reject);
    });
  }

  async function cpuOfProgram(): Promise<number> {
    program.stdout = '';
    program.signal('SIGUSR2');
    await program.until(() => /cpu [\d.]+\n/.test(program.stdout));
    return Number(/cpu ([\d.]+)/.exec(program.stdout)?.[1]);
  }

  async function cpuOfReference(): Promise<number> {
    printed = '';
    child.kill('SIGUSR2');
    while (!/cpu [\d.]+\n/.test(printed)) await once(child.stdout as NodeJS.ReadableStream, 'data');
    return Number(/cpu ([\d.]+)/.exec(printed)?.[1]);
  }
});

/** RFC 9113 §6.7: what a server answers with the same eight bytes. */
const PING = Buffer.from('0000080600000000006c6173742070696e', 'hex');
const ACK = Buffer.from('0000080601000000006c6173742070696e', 'hex');

/** Sends the frames and a PING; resolves when that is answered or the server gives the connection up. */
function flood(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let last = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('close', () => resolve());
    socket.on('data', (chunk) => {
      last = Buffer.concat([last, chunk]);
      if (last.includes(ACK) || isGivenUp(last)) socket.destroy();
      last = last.subarray(-64);
    });
    socket.write(bytes);
    socket.write(PING);
  });
}

/** Whether a GOAWAY frame with an error is among the bytes. */
function isGivenUp(bytes: Buffer): boolean {
  const at = bytes.indexOf(Buffer.from('0700000000', 'hex'));
  return at >= 0 && bytes.length >= at + 13 && bytes.readUInt32BE(at + 9) !== 0;
}
