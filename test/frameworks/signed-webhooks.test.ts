import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { describe, test } from 'node:test';
import { send, serve } from '../support/wire';

type Any = any;
const { App, ExpressReceiver, HTTPReceiver }: Any = require('@slack/bolt');

const SECRET = 'signing secret';
const hmac = (text: string): string => createHmac('sha256', SECRET).update(text).digest('hex');

// The signature is over the bytes: spaces and escapes that JSON.stringify would not give back.
const EVENT =
  '{ "type" : "event_callback", "event": {"type":"app_mention", "text":"\\u00fc \\/"} }';

/** A request that Slack signed. */
function fromSlack(body: string, type: string, secondsAgo = 0): Any {
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hmac(`v0:${timestamp}:${body}`)}`,
  };
  return { headers, body };
}

const receivers: Record<string, () => Any> = {
  ExpressReceiver: () => new ExpressReceiver({ signingSecret: SECRET, logLevel: 'error' }),
  HTTPReceiver: () => new HTTPReceiver({ signingSecret: SECRET, logLevel: 'error' }),
};

for (const [name, make] of Object.entries(receivers)) {
  describe(`a Slack application with ${name}`, async () => {
    const receiver = make();
    const app = new App({
      receiver,
      logLevel: 'error',
      authorize: async () => ({ botToken: 'x', botId: 'B', botUserId: 'U' }),
    });
    const seen: unknown[] = [];
    app.event('app_mention', async ({ event }: Any) => void seen.push(event.text));
    app.command('/greet', async ({ ack, command }: Any) => ack(`Hello ${command.text}`));
    const { url } = await serve(
      name === 'ExpressReceiver' ? receiver.app : receiver.requestListener,
    );

    test('answers the challenge for its address', async () => {
      const body = '{"type":"url_verification","challenge":"abc"}';
      const { status, text } = await send(
        `${url}/slack/events`,
        fromSlack(body, 'application/json'),
      );
      assert.equal(status, 200);
      assert.match(text, /abc/);
    });

    test('takes signed events', async () => {
      const { status } = await send(`${url}/slack/events`, fromSlack(EVENT, 'application/json'));
      assert.deepEqual([status, seen], [200, ['ü /']]);
    });

    test('takes signed commands, which are forms', async () => {
      const form = fromSlack('command=%2Fgreet&text=Ada+L', 'application/x-www-form-urlencoded');
      const { status, text } = await send(`${url}/slack/events`, form);
      assert.deepEqual([status, text], [200, 'Hello Ada L']);
    });

    test('refuses what somebody changed, and what is old', async () => {
      const changed = { ...fromSlack(EVENT, 'application/json'), body: EVENT.replace('ü', 'u') };
      changed.body = changed.body.replace('app_mention', 'app_mentiom');
      assert.equal((await send(`${url}/slack/events`, changed)).status, 401);
      const old = fromSlack(EVENT, 'application/json', 600);
      assert.equal((await send(`${url}/slack/events`, old)).status, 401);
    });
  });
}

test('a signature as Stripe makes it is checked over rawBody', async () => {
  const { url } = await serve((req: Any, res: Any) => {
    const [, timestamp, signature] = /^t=(\d+),v1=(\w+)$/.exec(req.get('stripe-signature')) ?? [];
    const expected = Buffer.from(hmac(`${timestamp}.${req.rawBody}`));
    if (!timingSafeEqual(expected, Buffer.from(signature as string))) return res.sendStatus(400);
    res.json({ received: req.body.event.text });
  });
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': `t=1700000000,v1=${hmac(`1700000000.${EVENT}`)}`,
  };
  assert.deepEqual((await send(url, { headers, body: EVENT })).json, { received: 'ü /' });
  assert.equal((await send(url, { headers, body: EVENT.replace(' :', ':') })).status, 400);
});
