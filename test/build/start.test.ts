import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import { describe, test } from 'node:test';
import { SourceMap } from '../../src/built/source-map';
import { get, Project } from './project';

const project = new Project({
  'index.js': `const { http, onShutdown } = require('barefn');
const { fail } = require('./lib/fail');
onShutdown(() => console.log('closed'));
http('hello', (req, res) => {
  if (req.path === '/throws') fail('thrown');
  if (req.path === '/late') return setTimeout(() => fail('late'), 5);
  if (req.path === '/slow') return setTimeout(() => res.send('slow'), 200);
  res.send('Hello, ' + (req.query.name ?? 'World'));
});
`,
  'lib/fail.js': `// A comment that is not in the bundle.

exports.fail = (text) => {
  throw new Error(text);
};
`,
});
project.build('--target=hello');
const files = Object.fromEntries(
  ['start.js', 'bundle.js', 'bundle.cache'].map((name) => [
    name,
    readFileSync(project.path(`.barefn/${name}`)),
  ]),
) as Record<string, Buffer>;

/** Puts a file of the build in place, and the others back. */
function spoil(name: string, change: (bytes: Buffer) => Buffer): void {
  for (const [one, bytes] of Object.entries(files)) {
    writeFileSync(
      project.path(`.barefn/${one}`),
      one === name ? change(Buffer.from(bytes)) : bytes,
    );
  }
}

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] as number) ^ 1;
  return bytes;
}

async function codeCacheOf(flags: string[] = []): Promise<string> {
  const program = await project.serve(['--startup-report'], { flags });
  assert.equal(await get(program, '/?name=Ada'), 'Hello, Ada');
  await program.logged('codeCache');
  program.kill();
  return JSON.parse(program.stderr.trim()).codeCache as string;
}

describe('compiled code', () => {
  test('is used as it was built', async () => {
    spoil('', (bytes) => bytes);
    assert.equal(await codeCacheOf(), 'used');
  });

  const damages: [string, (bytes: Buffer) => Buffer][] = [
    ['truncated', (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ['empty', () => Buffer.alloc(0)],
    ['with a flipped bit in its middle', (bytes) => flip(bytes, bytes.length >> 1)],
    ['with a flipped bit at its end', (bytes) => flip(bytes, bytes.length - 1)],
    ['of another file', (bytes) => Buffer.alloc(bytes.length, 7)],
  ];
  for (const [what, change] of damages) {
    test(`that is ${what} is left aside, and reported`, async () => {
      spoil('bundle.cache', change);
      assert.equal(await codeCacheOf(), 'it is not the file that was built');
    });
  }

  test('of another Node is left aside', async () => {
    spoil('start.js', (bytes) =>
      Buffer.from(bytes.toString().replace(/const NODE = .*/, 'const NODE = "v1.2.3 x64";')),
    );
    assert.equal(await codeCacheOf(), 'it is for Node v1.2.3 x64');
  });

  test('of other V8 flags is refused by V8', async () => {
    spoil('', (bytes) => bytes);
    assert.match(await codeCacheOf(['--stack-size=900']), /^V8 refused it/);
  });
});

test('a bundle that is not what was built does not run', async () => {
  const at = files['bundle.js']?.indexOf('Hello, ') as number;
  for (const change of [
    (bytes: Buffer) => flip(bytes, at),
    (bytes: Buffer) => bytes.subarray(0, at),
    (bytes: Buffer) => Buffer.from(bytes.toString().replace('Hello, ', 'HELLO, ')),
  ]) {
    spoil('bundle.js', change);
    const program = project.start();
    assert.equal(await program.exit(), 1);
    assert.equal(
      program.stderr,
      'bundle.js is not the file that was built. Build again: barefn build\n',
    );
    const command = await project.serveCommand('--target=hello');
    assert.equal(await get(command), 'Hello, World');
    assert.match(command.stderr, /^The build in \.barefn is not used: bundle\.js is not the file/);
    command.kill();
  }
});

test('the command serves the source where what starts the build is not what was built', async () => {
  for (const name of ['start.js', 'package.json']) {
    const file = project.path(`.barefn/${name}`);
    const whole = readFileSync(file);
    for (const bytes of [Buffer.alloc(0), whole.subarray(0, 12)]) {
      spoil('', (same) => same);
      writeFileSync(file, bytes);
      const command = await project.serveCommand('--target=hello');
      assert.equal(await get(command), 'Hello, World');
      assert.match(command.stderr, new RegExp(`is not used: \\.barefn/${name} has changed`));
      command.kill();
    }
    writeFileSync(file, whole);
  }
});

describe('a served build', () => {
  spoil('', (bytes) => bytes);

  test('logs errors with the places of the source', async () => {
    spoil('', (bytes) => bytes);
    const program = await project.serve();
    for (const target of ['/throws', '/late']) {
      assert.equal((await fetch(program.url + target)).status, 500);
    }
    const place = `${project.path('lib/fail.js')}:4:9`;
    await program.logged(`Error: thrown\n    at `, 'Error: late\n    at ', place);
    assert.equal(program.stderr.split(place).length, 3, program.stderr);
    assert.match(program.stderr, new RegExp(`${project.path('index.js')}:5:\\d+`));
    assert.doesNotMatch(program.stderr, /bundle\.js/);
    program.kill();
  });

  test('answers what is in flight at SIGTERM, and runs its hooks', async () => {
    const program = await project.serve();
    const slow = get(program, '/slow');
    await get(program);
    program.signal('SIGTERM');
    assert.equal(await slow, 'slow');
    assert.equal(await program.exit(), 0);
    assert.match(program.stdout, /closed\n$/);
  });

  test('takes the options of the command, HTTP/2 too', async () => {
    const program = await project.serve(['--http2', '--health-path=/healthz']);
    assert.equal((await fetch(`${program.url}/healthz`)).status, 200);
    const session = http2.connect(program.url);
    const stream = session.request({ ':path': '/?name=two' });
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += chunk;
    session.close();
    assert.equal(text, 'Hello, two');
    program.kill();
  });

  test('is debugged with its source map', async () => {
    const program = await project.serve([], { flags: ['--inspect=127.0.0.1:0'] });
    const [, address] = /ws:\/\/(\S+?)\//.exec(program.stderr) as unknown as [string, string];
    const list = await (await fetch(`http://${address}/json/list`)).json();
    assert.equal((list as unknown[]).length, 1);
    const map = JSON.parse(readFileSync(project.path('.barefn/bundle.js.map'), 'utf8'));
    assert.ok(map.sources.includes('../lib/fail.js'), map.sources.join());
    assert.match(
      readFileSync(project.path('.barefn/bundle.js'), 'utf8'),
      /\n\/\/# sourceMappingURL=bundle\.js\.map\s*$/,
    );
    program.kill();
  });

  test('refuses another source, and to watch', async () => {
    const other = project.start(['--source=lib']);
    assert.equal(await other.exit(), 1);
    assert.match(other.stderr, /^This build serves .*index\.js, not .*lib\. Leave --source/);
    const same = await project.serve(['--source=.']);
    assert.equal(await get(same), 'Hello, World');
    same.kill();
    const watching = project.start(['--watch']);
    assert.equal(await watching.exit(), 1);
    assert.match(watching.stderr, /^--watch serves the source, and this is a build of it/);
  });

  test('calls its function, and lists events, by the words of the command', async () => {
    const invoked = project.start(['invoke', '--target=hello', '/?name=once']);
    assert.equal(await invoked.exit(), 0);
    assert.match(invoked.stdout, /^HTTP\/1\.1 200 OK\n[\s\S]*Hello, once/);
  });
});

test('a source map gives the place of a line and column in its sources', () => {
  const text = JSON.stringify({
    sources: ['../a.js', '../b.js'],
    mappings: 'AAAA,IAACA,C;;ACDA;AAEE',
  });
  const map = new SourceMap(text, '/app/out/bundle.js');
  assert.equal(map.find(1, 1), '/app/a.js:1:1');
  assert.equal(map.find(1, 4), '/app/a.js:1:1');
  assert.equal(map.find(1, 5), '/app/a.js:1:2');
  assert.equal(map.find(1, 500), '/app/a.js:1:2');
  assert.equal(map.find(2, 1), undefined);
  assert.equal(map.find(3, 1), '/app/b.js:0:2');
  assert.equal(map.find(4, 1), '/app/b.js:2:4');
  assert.equal(map.find(9, 1), undefined);
});
