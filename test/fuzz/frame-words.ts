import net from 'node:net';
import type { Random } from './random';

/** How long a connection may stay open once its client has sent all and closed its side. */
const HANG_MS = 60_000;

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

// RFC 9113 §6: types and flags.
const [DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS] = [0, 1, 2, 3, 4] as const;
const [PING, GOAWAY, WINDOW_UPDATE, CONTINUATION] = [6, 7, 8, 9] as const;
const [END_STREAM, END_HEADERS] = [1, 4] as const;

type Field = readonly [name: string, value: string];

const GET: readonly Field[] = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':authority', 'a'],
  [':path', '/p?q=1'],
];
const POST: readonly Field[] = [[':method', 'POST'], ...GET.slice(1)];

/** What breaks a rule of RFC 9113 §8 or HTTP/1.1, and what merely looks like it. */
const ODD_FIELDS: readonly Field[] = [
  ['Upper-Case', 'x'],
  ['connection', 'close'],
  ['connection', 'upgrade, x-a'],
  ['transfer-encoding', 'chunked'],
  ['upgrade', 'h2c'],
  ['keep-alive', '5'],
  ['te', 'trailers'],
  ['te', 'gzip'],
  ['proxy-connection', 'close'],
  ['host', 'b'],
  ['host', ''],
  [':method', 'GET'],
  [':method', 'CONNECT'],
  [':method', 'G T'],
  [':method', ''],
  [':path', ''],
  [':path', 'no-slash'],
  [':path', '*'],
  [':path', '/%ff'],
  [':path', '/a b'],
  [':path', '/\x80\xff'],
  [':path', '/\r\nx: y'],
  [':scheme', 'ftp'],
  [':status', '200'],
  [':unknown', 'x'],
  [':protocol', 'websocket'],
  ['', 'x'],
  ['x', 'a\r\nb: c'],
  ['x', '\0'],
  ['x', ' a '],
  ['x y', 'z'],
  ['content-length', '1'],
  ['content-length', '99999999999'],
  ['content-length', '-1'],
  ['content-length', '1, 1'],
  ['content-type', 'application/json'],
  ['content-encoding', 'gzip'],
  ['expect', '100-continue'],
  ['expect', 'tea'],
  ['cookie', 'a=b'],
  ['__proto__', 'x'],
  ['constructor', 'x'],
];

function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** RFC 7541 §6.2.2: literals without indexing, without Huffman coding. */
function encode(fields: readonly Field[]): Buffer {
  const literal = (text: string): Buffer[] => {
    const bytes = Buffer.from(text, 'latin1');
    return [Buffer.from(lengthOf(bytes.length)), bytes];
  };
  const parts = fields.flatMap(([name, value]) => [
    Buffer.of(0),
    ...literal(name),
    ...literal(value),
  ]);
  return Buffer.concat(parts);
}

/** RFC 7541 §5.1, with a prefix of 7 bits. */
function lengthOf(length: number): number[] {
  if (length < 127) return [length];
  const bytes = [127];
  let rest = length - 127;
  for (; rest >= 128; rest >>= 7) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}

function request(stream: number, fields = GET, flags = END_STREAM | END_HEADERS): Buffer {
  return frame(HEADERS, flags, stream, encode(fields));
}

/** One connection: some frames that make sense, some that do not, a part of them mutated. */
export function makeSession(random: Random): Buffer {
  const parts = [frame(SETTINGS, 0, 0)];
  let stream = 1;
  for (let count = 1 + random.below(6); count > 0; count--) {
    parts.push(...makeFrames(random, stream));
    stream += random.below(8) === 0 ? 0 : 2;
  }
  const bytes = Buffer.concat(parts).toString('latin1');
  const mutated = random.below(3) > 0 ? bytes : random.mutate(bytes, ['\0', '\xff', '\x01\x04']);
  return Buffer.concat([PREFACE, Buffer.from(mutated, 'latin1')]);
}

function makeFrames(random: Random, stream: number): Buffer[] {
  const body = Buffer.alloc(random.below(3) === 0 ? 16_384 : random.below(20), '{');
  switch (random.below(6)) {
    case 0:
      return [request(stream)];
    case 1: {
      const fields = [...(random.below(2) === 0 ? GET : POST)];
      const at = random.below(2) === 0 ? random.below(fields.length + 1) : fields.length;
      fields.splice(at, random.below(4) === 0 ? 1 : 0, random.pick(ODD_FIELDS));
      if (random.below(2) === 0) fields.push(random.pick(ODD_FIELDS));
      const isWhole = random.below(2) === 0;
      const head = request(stream, fields, isWhole ? END_HEADERS | END_STREAM : END_HEADERS);
      return isWhole ? [head] : [head, frame(DATA, END_STREAM, stream, body)];
    }
    case 2: {
      const sized: Field = ['content-length', String(random.below(30))];
      const data = frame(DATA, random.below(2), stream, body);
      return [request(stream, [...POST, sized], END_HEADERS), data];
    }
    case 3: {
      const trailers = encode([random.pick(ODD_FIELDS)]);
      const data = frame(DATA, 0, stream, body);
      const end = frame(HEADERS, END_HEADERS | END_STREAM, stream, trailers);
      return [request(stream, POST, END_HEADERS), data, end];
    }
    case 4:
      return [request(stream, POST, END_HEADERS), frame(RST_STREAM, 0, stream, Buffer.alloc(4))];
    default:
      return [frame(random.below(12), random.below(256), random.below(2) * stream, body)];
  }
}

/** Makes what a connection sends after its preface. */
export type Flood = () => Buffer;

/** Known attacks on servers of HTTP/2. */
export const FLOODS: Record<string, Flood> = {
  'rapid reset': () =>
    flood(5000, (n) => [
      request(2 * n + 1),
      frame(RST_STREAM, 0, 2 * n + 1, Buffer.from([0, 0, 0, 8])),
    ]),
  'rapid reset of uploads': () =>
    flood(5000, (n) => [
      request(2 * n + 1, POST, END_HEADERS),
      frame(RST_STREAM, 0, 2 * n + 1, Buffer.from([0, 0, 0, 8])),
    ]),
  CONTINUATION: () => {
    const block = encode(Array.from({ length: 200 }, (_, id) => [`x-${id}`, 'y'.repeat(50)]));
    return flood(2000, (n) => [
      n === 0 ? request(1, GET, END_STREAM) : frame(CONTINUATION, 0, 1, block),
    ]);
  },
  'empty CONTINUATION': () =>
    flood(20_000, (n) => [n === 0 ? request(1, GET, 0) : frame(CONTINUATION, 0, 1)]),
  'huge field': () => flood(50, (n) => [request(2 * n + 1, [...GET, ['x', 'y'.repeat(16_000)]])]),
  'many fields': () =>
    flood(50, (n) => [
      request(2 * n + 1, [...GET, ...Array.from({ length: 1500 }, (): Field => ['x', 'y'])]),
    ]),
  SETTINGS: () => flood(20_000, () => [frame(SETTINGS, 0, 0, Buffer.from('000400010000', 'hex'))]),
  PING: () => flood(50_000, () => [frame(PING, 0, 0, Buffer.alloc(8))]),
  PRIORITY: () => flood(20_000, (n) => [frame(PRIORITY, 0, 2 * n + 1, Buffer.alloc(5))]),
  'empty DATA': () =>
    flood(20_000, (n) => [n === 0 ? request(1, POST, END_HEADERS) : frame(DATA, 0, 1)]),
  'no window': () =>
    flood(250, (n) => [
      ...(n === 0 ? [frame(SETTINGS, 0, 0, Buffer.from('000400000000', 'hex'))] : []),
      request(2 * n + 1, [...GET.slice(0, 3), [':path', '/large']]),
    ]),
  'window of too much': () =>
    flood(3, () => [frame(WINDOW_UPDATE, 0, 0, Buffer.from('7fffffff', 'hex'))]),
  'streams beyond the limit': () => flood(2000, (n) => [request(2 * n + 1, POST, END_HEADERS)]),
  'body over the limit': () =>
    flood(60, (n) => [
      n === 0 ? request(1, POST, END_HEADERS) : frame(DATA, 0, 1, Buffer.alloc(16_384)),
    ]),
  'GOAWAY first': () =>
    flood(100, (n) => [frame(GOAWAY, 0, 0, Buffer.alloc(8)), request(2 * n + 1)]),
};

function flood(count: number, make: (n: number) => Buffer[]): Buffer {
  const frames = Array.from({ length: count }, (_, n) => make(n)).flat();
  return Buffer.concat([PREFACE, frame(SETTINGS, 0, 0), ...frames]);
}

/** Sends the bytes and the end. Tells what came: 500, an answer, or nothing but the end. */
export function exchangeBytes(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => end('hung'), HANG_MS);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      // Node leaves it to the client to close a connection that it has given up (RFC 9113 §5.4.1).
      if (isGivenUp(Buffer.concat(chunks))) setTimeout(end, 20);
    });
    socket.on('error', () => end());
    socket.on('close', () => end());
    socket.on('end', () => end());
    socket.write(bytes, () => setTimeout(() => socket.end(), 20));
    function end(how = whatCame(Buffer.concat(chunks))): void {
      clearTimeout(timer);
      socket.destroy();
      resolve(how);
    }
  });
}

/** Whether the server said GOAWAY for an error. */
function isGivenUp(bytes: Buffer): boolean {
  for (let at = 0; at + 17 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    if (bytes[at + 3] === GOAWAY && bytes.readUInt32BE(at + 13) !== 0) return true;
  }
  return false;
}

/** The worst of what the server's frames say. RFC 7541 §A: 200 and 500 have an index of their own. */
function whatCame(bytes: Buffer): string {
  let worst = 'closed';
  for (let at = 0; at + 10 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    if (bytes[at + 3] === HEADERS && bytes[at + 9] === 0x8e) return '500';
    if (bytes[at + 3] === HEADERS) worst = bytes[at + 9] === 0x88 ? '200' : 'refused';
    else if (bytes[at + 3] === RST_STREAM && worst === 'closed') worst = 'reset';
  }
  return worst;
}
