import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { serve } from '../../support/serving';
import { send, type Upload } from '../../support/wire';
import { attributes, deliveries, json } from './deliveries';

const ORIGIN = 'eventemitter.example.com';

async function serveWebhook(t: TestContext, webhookAllowedOrigins: string | null) {
  const handled: unknown[] = [];
  const handler = (event: unknown): void => void handled.push(event);
  const { origin } = await serve(t, { type: 'cloudevent', handler }, { webhookAllowedOrigins });
  return {
    handled,
    ask: (headers: Record<string, string> = {}, upload: Upload = {}) =>
      send(`${origin}/a?b`, { method: 'OPTIONS', headers, ...upload }),
    deliver: (headers: Record<string, string> = {}) =>
      send(origin, { headers: { ...json, ...attributes, ...headers }, body: '{"a":1}' }),
  };
}

interface Question {
  about: string;
  allowed: string;
  headers: Record<string, string>;
  /** The origin that gets consent. */
  consent: string | undefined;
}

const questions: Question[] = [
  { about: 'the allowed origin', allowed: ORIGIN, headers: { o: ORIGIN }, consent: ORIGIN },
  { about: 'a rate', allowed: ORIGIN, headers: { o: ORIGIN, r: '120' }, consent: ORIGIN },
  { about: 'a rate of 0', allowed: ORIGIN, headers: { o: ORIGIN, r: '0' }, consent: ORIGIN },
  { about: 'no name where any is allowed', allowed: '*', headers: { o: '' }, consent: undefined },
  {
    about: 'no name where a list ends in a comma',
    allowed: 'a,',
    headers: { o: '' },
    consent: undefined,
  },
  { about: 'a rate that is none', allowed: '*', headers: { o: 'a', r: 'x' }, consent: 'a' },
  {
    about: 'any origin',
    allowed: '*',
    headers: { o: 'any.example.org' },
    consent: 'any.example.org',
  },
  {
    about: 'one of a list',
    allowed: `a.example, ${ORIGIN},`,
    headers: { o: ORIGIN },
    consent: ORIGIN,
  },
  {
    about: 'capitals',
    allowed: 'EventEmitter.Example.com',
    headers: { o: ORIGIN.toUpperCase() },
    consent: ORIGIN.toUpperCase(),
  },
  {
    about: 'a callback',
    allowed: '*',
    headers: { o: ORIGIN, c: 'https://example.com/confirm' },
    consent: ORIGIN,
  },
  {
    about: 'another origin',
    allowed: ORIGIN,
    headers: { o: 'evil.example.com' },
    consent: undefined,
  },
  { about: 'a part of it', allowed: ORIGIN, headers: { o: 'example.com' }, consent: undefined },
  { about: 'an empty origin', allowed: ORIGIN, headers: { o: '' }, consent: undefined },
  { about: 'no origin', allowed: ORIGIN, headers: {}, consent: undefined },
  { about: 'no origin, though any may', allowed: '*', headers: { r: '120' }, consent: undefined },
];

const names = {
  o: 'WebHook-Request-Origin',
  r: 'webhook-request-rate',
  c: 'WEBHOOK-REQUEST-CALLBACK',
};

for (const { about, allowed, headers, consent } of questions) {
  test(`a handshake with ${about} gets ${consent === undefined ? 'no consent' : 'consent'}`, async (t) => {
    const { ask, handled } = await serveWebhook(t, allowed);
    const fields = Object.entries(headers).map(([key, value]) => [names[key as 'o'], value]);
    const answer = await ask(Object.fromEntries(fields));
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '');
    assert.match(answer.headers.allow as string, /\bPOST\b/);
    assert.equal(answer.headers['webhook-allowed-origin'], consent);
    const rate = answer.headers['webhook-allowed-rate'];
    assert.equal(rate, consent === undefined ? undefined : '*');
    assert.deepEqual(handled, []);
  });
}

test('without allowed origins OPTIONS is 405, and deliveries need no origin', async (t) => {
  for (const allowed of [null, '', ' , ']) {
    const { ask, deliver, handled } = await serveWebhook(t, allowed);
    const answer = await ask({ 'WebHook-Request-Origin': ORIGIN, 'WebHook-Request-Rate': '120' });
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, 'POST');
    assert.equal(answer.headers['webhook-allowed-origin'], undefined);
    assert.equal(answer.headers['webhook-allowed-rate'], undefined);
    assert.equal((await deliver()).status, 204);
    assert.equal(handled.length, 1);
  }
});

test('with allowed origins a delivery must name one of them', async (t) => {
  const { deliver, handled } = await serveWebhook(t, ORIGIN);
  assert.equal((await deliver({ 'webhook-request-origin': ORIGIN })).status, 204);
  assert.equal(handled.length, 1);
  const unnamed = await deliver();
  assert.equal(unnamed.status, 403);
  assert.match(unnamed.text, /must name their origin in WebHook-Request-Origin/);
  const other = await deliver({ 'WebHook-Request-Origin': `<${'e'.repeat(5000)}` });
  assert.equal(other.status, 403);
  assert.equal(other.headers['content-type'], 'text/plain; charset=utf-8');
  assert.ok(other.text.length < 200);
  assert.equal(handled.length, 1);
});

test('event functions shake hands too', async (t) => {
  const handler = (): void => {};
  const options = { webhookAllowedOrigins: '*' };
  for (const { type, path, upload } of deliveries) {
    const { origin } = await serve(t, { type, handler }, options);
    const named = { ...upload.headers, 'WebHook-Request-Origin': ORIGIN };
    assert.equal((await send(origin + path, { ...upload, headers: named })).status, 204);
    assert.equal((await send(origin + path, upload)).status, 403);
    const answer = await send(origin, { method: 'OPTIONS', headers: named });
    assert.equal(answer.headers['webhook-allowed-origin'], ORIGIN);
  }
});

for (const allowed of [null, '*']) {
  const allow = allowed === null ? 'POST' : 'POST, OPTIONS';
  test(`other methods are 405 with Allow: ${allow}`, async (t) => {
    for (const type of ['cloudevent', 'event'] as const) {
      const handler = (): void => assert.fail('was called');
      const { origin } = await serve(t, { type, handler }, { webhookAllowedOrigins: allowed });
      for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
        const answer = await send(origin, { method, headers: attributes });
        assert.equal(answer.status, 405, method);
        assert.equal(answer.headers.allow, allow);
        assert.equal(answer.text === '', method === 'HEAD');
      }
    }
  });
}
