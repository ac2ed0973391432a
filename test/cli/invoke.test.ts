import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { directory, dist, invoke, run } from '../support/command';

test('the status, the fields and the body are printed after what the function logs', () => {
  const { code, stdout, stderr } = invoke('echo', '/a?b=c');
  const lines = stdout.split('\n');
  assert.deepEqual(lines.slice(0, 3), ['log of echo', 'HTTP/1.1 201 Created', 'x-answer: yes']);
  assert.ok(lines.includes('set-cookie: a=1; Path=/') && lines.includes('set-cookie: b=2; Path=/'));
  assert.match(stdout, /\n\n\{"method":"GET","url":"\/a\?b=c",.*\}\n$/);
  assert.equal(stderr, '');
  assert.equal(code, 0);
});

test('requests are described as for curl', () => {
  const sent = invoke('echo', '-XPUT', '-H', 'A: 1', '-H', 'A: 2', '-d', '{"n":1}', '/x').json();
  assert.equal(sent.method, 'PUT');
  assert.equal(sent.body, '{"n":1}');
  assert.equal(sent.headers['content-type'], 'application/json');
  assert.equal(sent.headers['content-length'], '7');
  assert.equal(sent.headers.a, '1, 2');
  const form = invoke('echo', '--data=a=1&b=2', '--header=X: y: z').json();
  assert.equal(form.method, 'POST');
  assert.equal(form.headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(form.headers.x, 'y: z');
  const own = invoke('echo', '-d', '[1]', '-H', 'Content-Type: text/plain').json();
  assert.equal(own.headers['content-type'], 'text/plain');
});

test('paths may have spaces, letters of all scripts, an origin, or only a query', () => {
  assert.equal(invoke('echo', '/a b/ü?q=ß#part').json().url, '/a%20b/%C3%BC?q=%C3%9F');
  assert.equal(invoke('echo', 'http://localhost:8080/x').json().url, '/x');
  assert.equal(invoke('echo', '?n=1').json().url, '/?n=1');
  assert.equal(invoke('echo').json().url, '/');
});

test('data comes from a file or standard input as it is', () => {
  writeFileSync(path.join(directory, 'data.txt'), 'two\nlines\n');
  assert.equal(invoke('echo', '-d', '@data.txt').json().body, 'two\nlines\n');
  const words = ['invoke', '--target=echo', '-d'];
  assert.equal(run([...words, '-'], { input: 'pi\nped' }).json().body, 'pi\nped');
  assert.equal(run([...words, '@-'], { input: 'piped' }).json().body, 'piped');
  assert.equal(invoke('echo', '-d', '-5').json().body, '-5');
  const missing = invoke('echo', '-d', '@absent');
  assert.match(missing.stderr, /^Cannot read the data from "absent": ENOENT/);
  assert.equal(missing.code, 1);
});

test('typed and web functions are invoked like http functions', () => {
  assert.match(invoke('not', '-d', 'false').stdout, /\n\ntrue\n$/);
  assert.match(invoke('sum', '-d', '{"a":2,"b":3}').stdout, /\n\n5\n$/);
  assert.match(invoke('upper', '-d', 'loud').stdout, /\n\nLOUD\n$/);
});

test('the exit code is 0 below 400', () => {
  for (const [status, code] of [
    [200, 0],
    [304, 0],
    [399, 0],
    [400, 1],
    [503, 1],
  ]) {
    const result = invoke('status', `/?code=${status}`);
    assert.match(result.stdout, new RegExp(`^HTTP/1.1 ${status}`));
    assert.equal(result.code, code);
    assert.equal(result.stderr, '');
  }
});

test('bytes and long bodies arrive whole', () => {
  const { stdout } = spawnSync(
    process.execPath,
    [path.join(dist, 'cli.js'), 'invoke', '--target=bytes'],
    { cwd: directory },
  );
  assert.deepEqual([...stdout.subarray(-4)], [0, 255, 254, 10]);
  assert.equal(invoke('long').stdout.length > 3_000_000, true);
});

test('a reader that leaves early does no harm', () => {
  const command = `"${process.execPath}" "${dist}/cli.js" invoke --target=long | head -1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: directory, encoding: 'utf8' });
  assert.equal(stdout, 'HTTP/1.1 200 OK\n');
  assert.equal(stderr, '');
});

test('timers that a function leaves running do not keep the process', () => {
  assert.equal(invoke('timers').code, 0);
});

test('a function that cannot answer any more is reported', () => {
  const { code, stdout, stderr } = invoke('never');
  assert.equal(stdout, '');
  assert.match(
    stderr,
    /^The function did not answer, and nothing that it started is still running/,
  );
  assert.equal(code, 1);
});

test('--timeout holds for a function that does not answer', () => {
  const { code, stdout } = invoke('slow', '--timeout=1');
  assert.match(stdout, /^HTTP\/1.1 504 Gateway Timeout\n/);
  assert.equal(code, 1);
});

test('crashes are what they are on the wire, and never a success', () => {
  const cut = invoke('cut');
  assert.match(cut.stderr, /Error: broken[\s\S]*\nThe response was cut off: aborted\.\n$/);
  assert.equal(cut.code, 1);
  const late = invoke('late');
  assert.match(late.stdout, /^HTTP\/1.1 500 [\s\S]*\n\nthrown late\n$/);
  assert.equal(late.code, 1);
  assert.equal(invoke('exits').code, 1);
});

test('hooks run before and after', () => {
  const words = ['invoke', '--target=timers'];
  const good = run(words, { env: { HOOKS: 'yes' } });
  assert.match(good.stdout, /^started\nHTTP\/1.1 200 OK\n[\s\S]*\n\ndone\nshut down\n$/);
  assert.equal(good.code, 0);
  assert.equal(run(words, { env: { HOOKS: 'fail' } }).code, 1);
});

test('the options of serving hold, before the command too', () => {
  const source = `--source=${directory}`;
  const setting = { env: { FUNCTION_TARGET: 'plain', FUNCTION_SIGNATURE_TYPE: 'cloudevent' } };
  assert.match(run([source, 'invoke'], setting).stdout, /^com.example.greeting\n/);
  assert.match(run(['--target', 'echo', 'invoke', '/x'], setting).stdout, /"url":"\/x"/);
  const limited = invoke('echo', '--body-limit', '3', '-d', 'long');
  assert.match(limited.stdout, /^HTTP\/1.1 413 /);
});

test('a name of a command that is a value or a later word is none', () => {
  const serving = run(['--port=x', '--target', 'invoke']);
  assert.match(serving.stderr, /^--port must be a port number/);
  const late = run(['word', 'invoke', '--port=x']);
  assert.match(late.stderr, /^"word" is not a command\./);
});

test('errors of the command line are reported in one line', () => {
  const cases: [words: string[], text: RegExp][] = [
    [['hello'], /^"hello" is not a path.*--target=hello\.\n$/],
    [['/a', '/b'], /^barefn invoke takes one PATH/],
    [['--evnt=x'], /^Unknown option --evnt\. Did you mean --event\?\n$/],
    [['--event=x'], /^"x" is not a kind of sample event\. Choose one of: pubsub, /],
    [['--mode=x'], /^--mode must be one of: binary, /],
    [['--event'], /^--event needs a value: --event=<kind>\n$/],
    [['--data', '--event=x'], /^--data needs a value/],
    [['--event=custom', '--data={'], /^The data of an event must be JSON: /],
    [['--event=custom', '--mode=legacy'], /^The type "com.example.greeting" has no legacy form/],
    [['--event=storage', '--mode=push'], /^Only Pub\/Sub pushes events/],
    [['--event-source=a b'], /^The CloudEvent cannot be sent: attribute "source" is "a b"/],
    [['-H', 'no colon'], /^"no colon" is not a request header/],
    [['-H', 'a: b\r\nc: d'], /is not a request header/],
    [['-X', 'get'], /^"get" is not an HTTP method\. Pass -X GET\.\n$/],
    [['--target=absent'], /absent/],
  ];
  for (const [words, text] of cases) {
    const { code, stdout, stderr } = invoke('echo', ...words);
    assert.match(stderr, text);
    assert.doesNotMatch(stderr, /\n {4}at /);
    assert.equal(stdout, '');
    assert.equal(code, 1);
  }
});

test('--help of the command lists its flags', () => {
  const { code, stdout } = run(['invoke', '--help']);
  for (const flag of ['-X, --request', '-H, --header', '-d, --data', '--event-source', '--mode']) {
    assert.ok(stdout.includes(flag));
  }
  assert.equal(code, 0);
  assert.match(run(['--help']).stdout, /barefn invoke \[options\] \[PATH\]/);
});
