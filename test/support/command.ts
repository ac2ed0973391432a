import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

/** What was built last. */
export const dist = path.join(__dirname, '../../dist');
/** Where the program is. */
export const directory = mkdtempSync(path.join(os.tmpdir(), 'invoke-'));
after(() => rmSync(directory, { recursive: true }));
const PROGRAM = `
const barefn = require(${JSON.stringify(path.join(dist, 'index.js'))});
const { http, cloudEvent, event, typed, web, onStartup, onShutdown } = barefn;
http('echo', (req, res) => {
  console.log('log of echo');
  const { method, originalUrl: url, headers, rawHeaders, rawBody } = req;
  res.status(201).set('X-Answer', 'yes').cookie('a', '1').cookie('b', '2');
  res.json({ method, url, headers, rawHeaders, body: String(rawBody ?? '') });
});
http('status', (req, res) => res.status(Number(req.query.code)).end());
http('bytes', (req, res) => res.send(Buffer.from([0, 255, 254, 10])));
http('long', (req, res) => res.send('x'.repeat(3_000_000)));
http('timers', (req, res) => {
  setInterval(() => {}, 1000);
  res.send('done');
});
http('never', () => {});
http('slow', () => void setInterval(() => {}, 1000));
http('cut', (req, res) => {
  res.write('half');
  throw new Error('broken');
});
http('late', (req, res) => void setTimeout(() => { throw new Error('thrown late'); }, 10));
http('exits', () => process.exit(0));
cloudEvent('onEvent', (event) => console.log(JSON.stringify(event)));
event('onLegacy', (data, context) => console.log(JSON.stringify({ data, context })));
cloudEvent('fails', () => { throw new Error('refused'); });
cloudEvent('poison', () => { throw new barefn.NonRetryableError('never again'); });
cloudEvent('returns', (event) => ({ status: event.data.status }));
typed('sum', ({ a, b }) => a + b);
typed('not', (value) => !value);
web('upper', async (request) => new Response((await request.text()).toUpperCase()));
exports.plain = (event) => console.log(event.type);
if (process.env.HOOKS) {
  onStartup(() => console.log('started'));
  onShutdown(() => console.log('shut down'));
}
if (process.env.HOOKS === 'fail') onShutdown(() => { throw new Error('no shutdown'); });
`;
writeFileSync(path.join(directory, 'index.js'), PROGRAM);

/** Whatever the function printed. */
type Printed = any;

/** What became of a command. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The last line of stdout as JSON. */
  json(): Printed;
  /** The line of stdout that begins with a brace, as JSON. */
  event(): Printed;
}

/** Runs the command in the program's directory, with nothing of this environment but PATH. */
export function run(
  words: string[],
  setting: { input?: string; env?: Record<string, string> } = {},
): Run {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(dist, 'cli.js'), ...words],
    {
      encoding: 'utf8',
      cwd: directory,
      timeout: 60_000,
      maxBuffer: 1 << 24,
      input: setting.input ?? '',
      env: { PATH: process.env['PATH'], ...setting.env },
    },
  );
  assert.equal(signal, null, `${words.join(' ')} did not end\n${stdout}${stderr}`);
  return {
    code: status,
    stdout,
    stderr,
    json: () => JSON.parse(stdout.trimEnd().split('\n').at(-1) as string),
    event: () => JSON.parse(stdout.split('\n').find((line) => line.startsWith('{')) as string),
  };
}

/** Runs `barefn invoke` on a function of the program. */
export const invoke = (target: string, ...words: string[]): Run =>
  run(['invoke', `--target=${target}`, ...words]);
