import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findByType } from '../../src/google/event-types';
import { sampleEvent, sampleKinds } from '../../src/google/samples/sample';
import { invoke } from '../support/command';

test('event functions get an event of their own when none is named', () => {
  const { code, stderr, event } = invoke('onEvent');
  assert.equal(code, 0);
  assert.equal(stderr, 'Acknowledged: for Pub/Sub and Knative 204 means done.\n');
  assert.equal(event().type, 'com.example.greeting');
  assert.deepEqual(event().data, { name: 'World' });
});

/** Only types of the first generation have one. */
function hasLegacyForm(kind: string): boolean {
  return findByType(sampleEvent(kind).type) !== undefined;
}

for (const kind of sampleKinds) {
  test(`${kind} events reach functions of both types in every mode they have`, () => {
    for (const mode of ['binary', 'structured', 'legacy', 'push']) {
      const hasMode =
        mode === 'push' ? kind === 'pubsub' : mode !== 'legacy' || hasLegacyForm(kind);
      const words = [`--event=${kind}`, `--mode=${mode}`, '--id=my-id'];
      const modern = invoke('onEvent', ...words);
      assert.equal(modern.code, hasMode ? 0 : 1, modern.stderr);
      if (!hasMode) continue;
      assert.equal(modern.event().id, 'my-id');
      const legacy = invoke('onLegacy', ...words);
      assert.equal(legacy.code, 0, legacy.stderr);
      const { context } = legacy.event();
      assert.equal(context.eventId ?? context.id, 'my-id');
    }
  });
}

test('the attributes and the data of an event can be given', () => {
  const words = ['--event', 'storage', '--type', 'com.example.a', '--event-source', '/there'];
  const rest = ['--subject', 'größe "x"', '--time', '2024-02-03T04:05:06.789Z', '--id', '7'];
  const { event } = invoke('onEvent', ...words, ...rest, '--data', '{"a":[1]}');
  const { type, source, subject, time, id, data } = event();
  assert.deepEqual(
    { type, source, subject, time, id, data },
    {
      type: 'com.example.a',
      source: '/there',
      subject: 'größe "x"',
      time: '2024-02-03T04:05:06.789Z',
      id: '7',
      data: { a: [1] },
    },
  );
});

test('the data of a Pub/Sub event is the content of its message, or the whole payload', () => {
  for (const mode of ['binary', 'structured', 'legacy', 'push']) {
    const text = invoke('onEvent', '--event=pubsub', `--mode=${mode}`, '--data=Grüße, Welt');
    const content = text.event().data.message.data;
    assert.equal(Buffer.from(content, 'base64').toString(), 'Grüße, Welt');
    const payload = '--data={"message":{"data":"eA==","attributes":{"k":"v"}}}';
    const whole = invoke('onEvent', '--event=pubsub', `--mode=${mode}`, payload).event();
    assert.deepEqual(whole.data.message.attributes, { k: 'v' });
  }
});

test('a push names its topic in the path, unless a path is given', () => {
  const { stderr, event } = invoke('onEvent', '--mode=push');
  assert.match(stderr, /^Acknowledged/);
  assert.match(event().source, /\/projects\/my-project\/topics\/my-topic$/);
  assert.match(invoke('onEvent', '--mode=push', '/').stderr, /The topic .* is unknown/);
});

test('what is said of a delivery follows its status', () => {
  const cases: [status: number, kind: string, message: RegExp, code: number][] = [
    [202, 'custom', /^Acknowledged: /, 0],
    [206, 'custom', /^Acknowledged on Knative.*Pub\/Sub.* again/, 0],
    [404, 'custom', /^Retried: /, 1],
    [429, 'custom', /^Retried: /, 1],
    [503, 'custom', /^Retried: /, 1],
    [422, 'custom', /^Dropped on Knative/, 1],
    [206, 'pubsub', /^Retried: Pub\/Sub /, 1],
    [422, 'pubsub', /^Retried: Pub\/Sub /, 1],
  ];
  for (const [status, kind, message, code] of cases) {
    const data =
      kind === 'pubsub' ? `{"message":{"data":""},"status":${status}}` : `{"status":${status}}`;
    const result = invoke('returns', `--event=${kind}`, `--data=${data}`);
    assert.match(result.stderr, message);
    assert.equal(result.code, code, result.stderr);
  }
  const failed = invoke('fails');
  assert.match(failed.stderr, /Error: refused[\s\S]*\nRetried: .*500/);
  assert.equal(failed.code, 1);
  const poison = invoke('poison');
  assert.match(poison.stderr, /Not retried[\s\S]*\nAcknowledged/);
  assert.equal(poison.code, 0);
});

test('an http function gets an event when a flag speaks of one', () => {
  const sent = invoke('echo', '--type=com.example.order', '-d', '{"id":7}');
  assert.equal(sent.json().headers['ce-type'], 'com.example.order');
  assert.equal(sent.json().body, '{"id":7}');
  assert.match(sent.stderr, /^Acknowledged/);
  const structured = invoke('echo', '--mode=structured').json();
  assert.match(structured.headers['content-type'], /^application\/cloudevents\+json/);
});

test('fields, method and path hold for events too', () => {
  const { event } = invoke('onEvent', '-H', 'ce-region: north', '--event=custom');
  assert.equal(event().region, 'north');
  const refused = invoke('onEvent', '-X', 'GET');
  assert.match(refused.stdout, /^HTTP\/1.1 405 /);
  assert.match(refused.stderr, /^Dropped/);
});
