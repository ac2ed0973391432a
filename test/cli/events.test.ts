import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { CloudEvent } from '../../src/cloudevents/event';
import { findByType } from '../../src/google/event-types';
import { type SampleOverrides, sampleEvent, sampleKinds } from '../../src/google/samples/sample';
import { serve } from '../support/serving';

const cli = path.join(__dirname, '../../dist/cli.js');
const runFile = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

function events(...words: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'events', ...words], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}

/** Runs a printed command. Resolves with the status of the response. */
async function runPrinted(command: string): Promise<number> {
  const withStatus = command.replace(/(^|\| )curl /, "$1curl -sS --noproxy '*' -w '%{http_code}' ");
  const { stdout, stderr } = await runFile('sh', ['-c', withStatus], { timeout: 60_000 });
  assert.equal(stderr, '');
  return Number(stdout.slice(-3));
}

const ID = 'it\'s $HOME `id` \\ "q" %41';
const TIME = '2024-02-03T04:05:06.789Z';
const flags = [`--id=${ID}`, `--time=${TIME}`];

test('the kinds are listed with their types', () => {
  const { code, stdout } = events();
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ +/)),
    sampleKinds.map((kind) => [kind, sampleEvent(kind).type]),
  );
  assert.equal(code, 0);
});

for (const kind of sampleKinds) {
  for (const mode of ['binary', 'structured', 'legacy', 'push']) {
    if (mode === 'push' ? kind !== 'pubsub' : mode === 'legacy' && !hasLegacyForm(kind)) continue;
    test(`the command for ${kind} in mode ${mode} brings the event`, {
      skip: !hasCurl,
    }, async (t) => {
      let event: CloudEvent | undefined;
      const { port } = await serve(t, {
        type: 'cloudevent',
        handler: (received: CloudEvent) => {
          event = received;
        },
      });
      const printed = events(kind, `--mode=${mode}`, `--port=${port}`, ...flags);
      assert.equal(printed.code, 0, printed.stderr);
      assert.equal(await runPrinted(printed.stdout), 204);
      assertSame(event, kind, mode);
    });
  }
}

/** Only types of the first generation have one. */
function hasLegacyForm(kind: string): boolean {
  return findByType(sampleEvent(kind).type) !== undefined;
}

/** Legacy forms do not have all of a CloudEvent: what they leave out is not compared. */
function assertSame(event: CloudEvent | undefined, kind: string, mode: string): void {
  assert.ok(event !== undefined);
  const overrides: SampleOverrides = { id: ID, time: TIME };
  const expected = sampleEvent(kind, overrides, mode === 'legacy' ? 'json' : 'production');
  assert.deepEqual(
    { id: event.id, time: event.time, type: event.type, source: event.source },
    { id: ID, time: TIME, type: expected.type, source: expected.source },
  );
  assert.equal(event.subject, expected.subject);
  const isConverted = mode === 'legacy' || mode === 'push';
  if (isConverted && kind === 'pubsub') {
    const { message } = event.data as { message: unknown };
    assert.deepEqual(message, (expected.data as { message: unknown }).message);
  } else {
    assert.deepEqual(event.data, expected.data);
  }
}

test('whatever the attributes and the data hold survives the shell', {
  skip: !hasCurl,
}, async (t) => {
  let event: CloudEvent | undefined;
  const { port } = await serve(t, {
    type: 'cloudevent',
    handler: (received: CloudEvent) => {
      event = received;
    },
  });
  const awkward = `'; echo "$(id)" \`id\` \\' \\n ! # @x 'ü😀'\n\t%20`;
  for (const mode of ['binary', 'structured']) {
    const data = JSON.stringify({ awkward });
    const words = [
      `--mode=${mode}`,
      `--port=${port}`,
      `--data=${data}`,
      '--subject=it\'s ü \\ "q"',
    ];
    const { stdout } = events('custom', ...words, "--type=a'b", "--event-source=/it's");
    assert.equal(await runPrinted(stdout), 204);
    assert.deepEqual(event?.data, { awkward });
    assert.equal(event?.subject, 'it\'s ü \\ "q"');
    assert.equal(event?.type, "a'b");
    assert.equal(event?.source, "/it's");
  }
});

test('data that looks like a file of curl is sent as it is', { skip: !hasCurl }, async (t) => {
  const bodies: string[] = [];
  const { port } = await serve(t, {
    type: 'event',
    handler: (data: { data: string }) => void bodies.push(data.data),
  });
  for (const mode of ['binary', 'push', 'legacy']) {
    const words = ['pubsub', `--mode=${mode}`, `--port=${port}`, '--data=Hello @file'];
    assert.equal(await runPrinted(events(...words).stdout), 204);
  }
  assert.deepEqual(bodies, Array(3).fill(Buffer.from('Hello @file').toString('base64')));
});

test('the command names the port and, for a push, the topic', () => {
  assert.match(events('custom').stdout, /^curl -X POST http:\/\/localhost:8080\/ \\\n/);
  const elsewhere = events('custom', '--host=::1').stdout;
  assert.match(elsewhere, /^curl -X POST 'http:\/\/\[::1\]:8080\/' \\\n/);
  assert.match(
    events('pubsub', '--mode=push', '--port=9000').stdout,
    /^curl -X POST http:\/\/localhost:9000\/projects\/my-project\/topics\/my-topic \\\n/,
  );
  const source = '--event-source=//pubsub.googleapis.com/projects/p/topics/a;id';
  assert.match(
    events('pubsub', '--mode=push', source).stdout,
    /^curl -X POST 'http:\/\/localhost:8080\/projects\/p\/topics\/a;id' \\\n/,
  );
});

test('errors are reported in one line', () => {
  const cases: [words: string[], text: RegExp][] = [
    [['strage'], /^"strage" is not a kind of sample event\. Choose one of: pubsub, storage, /],
    [['custom', 'storage'], /^barefn events takes one KIND/],
    [['custom', '--mode=push'], /^Only Pub\/Sub pushes events/],
    [['custom', '-X', 'GET'], /^--request is not an option of barefn events\./],
    [['custom', '--data=x'], /^The data of an event must be JSON/],
  ];
  for (const [words, text] of cases) {
    const { code, stdout, stderr } = events(...words);
    assert.match(stderr, text);
    assert.equal(stdout, '');
    assert.equal(code, 1);
  }
});

test('--help of the command lists its flags', () => {
  const { code, stdout } = events('--help');
  for (const flag of ['--mode', '--event-source', '--data', '--port']) {
    assert.ok(stdout.includes(flag));
  }
  assert.equal(code, 0);
});
