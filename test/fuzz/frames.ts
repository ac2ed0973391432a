import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, serveProgram } from '../support/program';
import { exchangeBytes, FLOODS, type Flood, makeSession } from './frame-words';
import { Random } from './random';

/** How much more memory a command may hold after all connections have ended. */
const MOST_HELD = 16 * 1024 * 1024;
/** How much memory an attack may need while it lasts, beside what the command had. */
const MOST_DURING = 256 * 1024 * 1024;

/** Sessions that broke the protocol are ended by the command when they have rested for so long. */
const REST_SECONDS = 2;
/** Sessions whose client does not show that it is there end some seconds later; a busy machine takes longer. */
const ALL_ENDED_MS = (REST_SECONDS + 18) * 1000;

/** Answers what it is sent; `/large` does not fit into a window. */
const TEXT = `exports.function = (req, res) =>
  res.send(req.path === '/large' ? 'x'.repeat(200000) : req.rawBody ?? req.path);
process.on('unhandledRejection', (error) => console.error('unhandled', error));
let sessions = 0;
const http2 = require('node:http2');
const { createServer } = http2;
http2.createServer = (...args) => createServer(...args).on('session', (session) => {
  sessions += 1;
  session.on('close', () => { sessions -= 1; });
});
process.on('SIGUSR2', () => {
  gc();
  const { heapUsed, rss } = process.memoryUsage();
  const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap');
  console.log('held ' + [heapUsed, rss, sockets.length, sessions].join(' '));
});`;

/**
 * Sends mutated frames and floods of frames over raw sockets, with an ordinary client beside them that
 * wants its answers.
 * @returns what was found, a line each
 */
export async function fuzzFrames(
  seed: number,
  count: number,
  report: (line: string) => void,
): Promise<string[]> {
  const findings: string[] = [];
  const program = await serveProgram(TEXT, {
    args: ['--http2', '--body-limit=100kb', `--headers-timeout=${REST_SECONDS}`],
    env: { NODE_OPTIONS: '--expose-gc', LC_ALL: 'C' },
  });
  const random = new Random(seed + 2000);
  await sendSessions(program, random, Math.ceil(count / 10), findings);
  const before = await measureAtRest(program, findings);
  const kinds = await sendSessions(program, random, count, findings);
  report(`http2: ${count} sessions, ${kinds}`);
  for (const [name, flood] of Object.entries(FLOODS)) {
    await endure(name, flood, program, findings);
    const during = (await measure(program)).rss - before.rss;
    if (during > MOST_DURING) findings.push(`${name}: ${during} bytes more.`);
  }
  const grown = (await measureAtRest(program, findings)).heap - before.heap;
  report(`http2: ${Object.keys(FLOODS).length} floods, heap ${Math.round(grown / 1024)} KiB`);
  if (grown > MOST_HELD) findings.push(`http2: the heap grew by ${grown} bytes.`);
  if (program.stderr !== '') findings.push(`http2 printed: ${program.stderr.slice(0, 2000)}`);
  program.kill();
  return findings;
}

async function sendSessions(
  program: Program,
  random: Random,
  count: number,
  findings: string[],
): Promise<string> {
  const seen = new Map<string, number>();
  for (let at = 0; at < count && findings.length < 10; at += 20) {
    const sessions = Array.from({ length: 20 }, () => makeSession(random));
    const answers = await Promise.all(sessions.map((bytes) => exchangeBytes(program.port, bytes)));
    for (const [index, how] of answers.entries()) {
      seen.set(how, (seen.get(how) ?? 0) + 1);
      if (how !== 'hung' && how !== '500') continue;
      findings.push(`http2 ${how}: ${sessions[index]?.toString('hex').slice(0, 1000)}`);
    }
    if (program.hasEnded) {
      findings.push(`http2 died: ${program.stderr}`);
      break;
    }
  }
  return [...seen].map(([how, times]) => `${how} × ${times}`).join(', ');
}

/** Lets a flood come, and looks whether others are answered during and after it. */
async function endure(
  name: string,
  flood: Flood,
  program: Program,
  findings: string[],
): Promise<void> {
  const attack = exchangeBytes(program.port, flood());
  const others = await Promise.all([isAnswered(program.port), isAnswered(program.port)]);
  const how = await attack;
  others.push(await isAnswered(program.port));
  if (others.includes(false)) findings.push(`${name}: others were not answered.`);
  if (how === 'hung' || how === '500') findings.push(`${name}: ${how}`);
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    socket.setTimeout(60_000, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('close', () =>
      resolve(text.startsWith('HTTP/1.1 200') && text.endsWith('/ordinary')),
    );
    socket.write('GET /ordinary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  });
}

/** What a program holds: bytes, open connections and sessions that have not closed. */
interface Held {
  readonly heap: number;
  readonly rss: number;
  readonly sockets: number;
  readonly sessions: number;
}

/** Measures once all connections and sessions have ended. */
async function measureAtRest(program: Program, findings: string[]): Promise<Held> {
  for (const end = Date.now() + ALL_ENDED_MS; ; ) {
    const held = await measure(program);
    const { sockets, sessions } = held;
    if (sockets + sessions === 0) return held;
    if (Date.now() > end) {
      findings.push(`http2: ${sockets} connections and ${sessions} sessions have not ended.`);
      return held;
    }
    await delay(200);
  }
}

async function measure(program: Program): Promise<Held> {
  program.stdout = '';
  program.signal('SIGUSR2');
  const line = /held (\d+) (\d+) (\d+) (\d+)\n/;
  await program.until(() => line.test(program.stdout));
  const numbers = (line.exec(program.stdout) as RegExpExecArray).slice(1).map(Number);
  const [heap, rss, sockets, sessions] = numbers;
  return { heap, rss, sockets, sessions } as Held;
}
