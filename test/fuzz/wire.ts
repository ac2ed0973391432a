import net from 'node:net';
import { type Program, serveProgram } from '../support/program';
import { Random } from './random';

/** How long a connection may stay open once its client has sent all and closed its side. */
const HANG_MS = 60_000;

/** Connections at a time. */
const BATCH = 50;

/** What the functions under test say, so that an answer of theirs is known. */
const PROGRAMS: Record<string, { text: string; args: string[] }> = {
  http: {
    text: `exports.function = (req, res) => {
      const { path, query, ip, ips, hostname, protocol, subdomains, xhr, fresh, traceId, body } = req;
      req.accepts('json'); req.acceptsLanguages('en'); req.is('json'); req.range(100);
      res.append('X-A', '1').vary('Accept').cookie('c', path);
      res.json({ path, query, ip, ips, hostname, protocol, subdomains, xhr, fresh, traceId, body });
    };`,
    args: [],
  },
  cloudevent: { text: 'exports.function = (event) => {};', args: ['--signature-type=cloudevent'] },
  event: { text: 'exports.function = (data, context) => {};', args: ['--signature-type=event'] },
  typed: { text: 'exports.function = (input) => ({ input });', args: ['--signature-type=typed'] },
  web: {
    text: `exports.function = async (request) =>
      new Response(request.method === 'POST' ? await request.arrayBuffer() : request.url);`,
    args: ['--signature-type=web'],
  },
};

const SEEDS = [
  'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /a%20b?c=d&e[f]=g HTTP/1.1\r\nHost: a:80\r\nAccept: text/html;q=0.5, */*\r\nRange: bytes=0-1\r\nIf-None-Match: "a"\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\na[b]=1&a[]=2',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain; charset=utf-16\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n1;x=y\r\ne\r\n0\r\nT: t\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\0',
  'POST / HTTP/1.1\r\nHost: a\r\nce-id: 1\r\nce-source: /s\r\nce-type: t\r\nce-specversion: 1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/cloudevents+json\r\nContent-Length: 55\r\n\r\n{"specversion":"1.0","id":"1","source":"/s","type":"t"}',
  'POST /projects/p/topics/t HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 61\r\n\r\n{"subscription":"s","message":{"data":"eA==","messageId":"1"}}',
  'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx',
  'GET http://a/b HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.0\r\nConnection: keep-alive\r\nX-Forwarded-For: 1.2.3.4, ::1\r\nX-Forwarded-Proto: https\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n',
] as const;

const WORDS = [
  '\r\n',
  '\r',
  '\n',
  ':',
  ' ',
  '\t',
  '\0',
  '%',
  '%ff',
  '/',
  '//',
  '..',
  '?',
  '#',
  '0',
  '-1',
  '99999999999',
  'ffffffff\r\n',
  'Content-Length: 5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip, chunked\r\n',
  'Host: b\r\n',
  'Connection: close\r\n',
  'Expect: tea\r\n',
  'Content-Type: text/plain\r\n',
  'Content-Encoding: br\r\n',
  'HTTP/1.1',
  'HTTP/2.0',
  '__proto__: 1\r\n',
  '0\r\n\r\n',
  '{',
  '[',
  '"',
  '\x80',
  '\xff',
  'ce-id: 2\r\n',
  'ce-time: x\r\n',
  'PUT',
  'HEAD',
] as const;

/**
 * Sends mutated requests over raw sockets to a command of each signature, and looks at what it says,
 * whether it runs, and what it holds on to.
 * @returns what was found, a line each
 */
export async function fuzzWire(
  seed: number,
  count: number,
  report: (line: string) => void,
): Promise<string[]> {
  const findings: string[] = [];
  const names = Object.keys(PROGRAMS);
  for (const [index, name] of names.entries()) {
    const { text, args } = PROGRAMS[name] as (typeof PROGRAMS)[string];
    const program = await serveProgram(
      `${text}\nprocess.on('SIGUSR2', () => { gc(); console.log('held ' + process.memoryUsage().heapUsed); });`,
      { args, env: { NODE_OPTIONS: '--expose-gc', LC_ALL: 'C' } },
    );
    const random = new Random(seed + 1000 + index);
    const share = Math.ceil(count / names.length);
    await fuzzProgram(name, program, random, Math.ceil(share / 10), findings);
    const before = await heldBy(program);
    const statuses = await fuzzProgram(name, program, random, share, findings);
    const grown = (await heldBy(program)) - before;
    report(`${name}: ${share} requests, heap ${Math.round(grown / 1024)} KiB, ${statuses}`);
    if (grown > 16 * 1024 * 1024) findings.push(`${name}: the heap grew by ${grown} bytes.`);
    if (program.hasEnded) findings.push(`${name} died: ${program.stderr}`);
    // A push to a path without a topic is warned of; stacks are what must not be.
    const stack = /^[^\n]*\n\s+at .{0,2000}/ms.exec(program.stderr)?.[0];
    if (stack !== undefined) findings.push(`${name} printed: ${stack}`);
    program.kill();
  }
  return findings;
}

async function fuzzProgram(
  name: string,
  program: Program,
  random: Random,
  count: number,
  findings: string[],
): Promise<string> {
  const seen = new Map<string, number>();
  for (let at = 0; at < count && findings.length < 10; at += BATCH) {
    const requests = Array.from({ length: BATCH }, () => makeBytes(random));
    const answers = await Promise.all(
      requests.map((bytes) => exchangeBytes(program.port, bytes, random.below(3))),
    );
    for (const [index, answer] of answers.entries()) {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? (answer || 'closed');
      seen.set(status, (seen.get(status) ?? 0) + 1);
      if (status === 'hung' || /^HTTP\/1\.1 5|\r\nHTTP\/1\.1 5/.test(answer)) {
        findings.push(`${name}, ${JSON.stringify(requests[index])}: ${answer.slice(0, 400)}`);
      }
    }
    if (program.hasEnded) break;
  }
  return [...seen].map(([status, times]) => `${status} × ${times}`).join(', ');
}

/** One to four requests in a row, mutated. */
function makeBytes(random: Random): string {
  let bytes = '';
  for (let requests = random.below(8) < 6 ? 1 : 4; requests > 0; requests--) {
    const request = random.pick(SEEDS);
    bytes += random.below(5) === 0 ? request : random.mutate(request, WORDS);
  }
  return bytes;
}

/** Sends bytes: at once, in two parts, or broken off. */
function exchangeBytes(port: number, bytes: string, manner: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let received = '';
    const timer = setTimeout(() => end('hung'), HANG_MS);
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
    });
    socket.on('error', () => end(received));
    socket.on('end', () => end(received));
    socket.on('close', () => end(received));
    const whole = Buffer.from(bytes, 'latin1');
    if (manner === 0) {
      socket.end(whole);
    } else {
      const middle = whole.length >> 1;
      socket.write(whole.subarray(0, middle));
      setImmediate(() => {
        if (manner === 1) socket.end(whole.subarray(middle));
        else socket.write(whole.subarray(middle), () => socket.resetAndDestroy());
      });
    }
    function end(answer: string): void {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    }
  });
}

async function heldBy(program: Program): Promise<number> {
  program.stdout = '';
  program.signal('SIGUSR2');
  await program.until(() => /held \d+\n/.test(program.stdout));
  return Number(/held (\d+)/.exec(program.stdout)?.[1]);
}
