import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import zlib from 'node:zlib';
import { send, serve } from '../support/wire';

type Any = any;
const load = (name: string): Any => require(name);

/** An HTTP function that runs middleware before it answers, without an application around it. */
const after =
  (middleware: Any, answer: (req: Any, res: Any) => unknown): Any =>
  (req: Any, res: Any): void =>
    middleware(req, res, (error?: unknown) => {
      if (error !== undefined && error !== null) res.status(500).send(String(error));
      else answer(req, res);
    });

const get = async (url: string, headers: Record<string, string> = {}): Promise<Any> =>
  send(url, { method: 'GET', headers });

describe('Express middleware in front of a function:', () => {
  test('cors answers preflights and lets the rest pass', async () => {
    const cors = load('cors')({ origin: ['http://a.example'], credentials: true, maxAge: 60 });
    const { url } = await serve(after(cors, (_req, res) => res.send('passed')));
    const preflight = await send(url, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://a.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'x-own',
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], 'http://a.example');
    assert.equal(preflight.headers['access-control-allow-headers'], 'x-own');
    assert.equal(preflight.headers['access-control-max-age'], '60');
    assert.equal(preflight.headers['content-length'], '0');
    const { text, headers } = await get(url, { origin: 'http://a.example' });
    assert.equal(text, 'passed');
    assert.equal(headers['access-control-allow-credentials'], 'true');
    assert.equal(headers.vary, 'Origin');
    const other = await get(url, { origin: 'http://b.example' });
    assert.equal(other.headers['access-control-allow-origin'], undefined);
  });

  test('cookie-parser reads plain, signed and JSON cookies', async () => {
    const { sign } = load('cookie-signature');
    const parser = load('cookie-parser')('secret');
    const { url } = await serve(
      after(parser, (req, res) => {
        res.cookie('seen', 'yes', { signed: true });
        res.json([req.cookies, req.signedCookies]);
      }),
    );
    const signed = encodeURIComponent(`s:${sign('Ada', 'secret')}`);
    const cookie = `a=1; user=${signed}; list=j%3A%5B1%5D; forged=s%3AEve.x`;
    const { json, headers } = await get(url, { cookie });
    assert.deepEqual(json, [
      { a: '1', list: [1] },
      { user: 'Ada', forged: false },
    ]);
    const set = decodeURIComponent(headers['set-cookie'][0]);
    assert.match(set, new RegExp(`^seen=s:${sign('yes', 'secret').replaceAll('+', '\\+')};`));
  });

  test('helmet sets its fields', async () => {
    const { url } = await serve(after(load('helmet')(), (_req, res) => res.send('safe')));
    const { headers, text } = await get(url);
    assert.equal(text, 'safe');
    assert.match(headers['content-security-policy'], /default-src 'self'/);
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN');
    assert.equal(headers['x-powered-by'], undefined);
  });

  test('compression compresses what is sent, written and flushed', async () => {
    const compression = load('compression')({ threshold: 100 });
    const long = 'long text '.repeat(1000);
    const { url } = await serve(
      after(compression, (req, res) => {
        if (req.path === '/sent') res.send(long);
        else if (req.path === '/short') res.send('short');
        else {
          res.type('text/plain');
          res.write(long.slice(0, 5000));
          res.flush();
          res.end(long.slice(5000));
        }
      }),
    );
    for (const path of ['/sent', '/written']) {
      const answer = await fetch(url + path, { headers: { 'accept-encoding': 'gzip' } });
      assert.equal(answer.headers.get('content-encoding'), 'gzip');
      assert.equal(answer.headers.get('vary'), 'Accept-Encoding');
      assert.equal(await answer.text(), long);
    }
    const short = await get(`${url}/short`, { 'accept-encoding': 'gzip' });
    assert.deepEqual([short.headers['content-encoding'], short.text], [undefined, 'short']);
    const plain = await get(`${url}/sent`);
    assert.equal(plain.text, long);
  });

  test('a compressed answer begins before it is complete', async () => {
    const { url } = await serve(
      after(load('compression')(), (_req, res) => {
        res.type('text/plain').write('first');
        res.flush();
        setTimeout(() => res.end('last'), 50);
      }),
    );
    const { body } = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    const texts: string[] = [];
    for await (const chunk of body as Any) texts.push(Buffer.from(chunk).toString());
    assert.equal(texts[0], 'first');
    assert.equal(texts.join(''), 'firstlast');
  });

  test('express.json of both versions gets along with the body that is there', async () => {
    for (const name of ['express', 'express4']) {
      const json = load(name).json();
      const { url } = await serve(
        after(json, (req, res) => res.json([req.body, `${req.rawBody}`])),
      );
      const type = { 'content-type': 'application/json' };
      assert.deepEqual((await send(url, { headers: type, body: '{"a":1}' })).json, [
        { a: 1 },
        '{"a":1}',
      ]);
      const body = zlib.gzipSync('{"a":2}');
      const headers = { ...type, 'content-encoding': 'gzip' };
      assert.deepEqual((await send(url, { headers, body })).json, [{ a: 2 }, '{"a":2}']);
    }
  });
});

describe('passport in front of a function', () => {
  const passport = new (load('passport').Passport)();
  const { BasicStrategy } = load('passport-http');
  const { Strategy: BearerStrategy } = load('passport-http-bearer');
  passport.use(
    new BasicStrategy((name: string, password: string, done: Any) =>
      done(null, password === 'secret' && { name }),
    ),
  );
  passport.use(
    new BearerStrategy((token: string, done: Any) => done(null, token === 'good' && { name: 'T' })),
  );
  const authenticate = passport.authenticate(['bearer', 'basic'], { session: false });
  const whoami = after(authenticate, (req, res) => {
    res.json({ user: req.user.name, isAuthenticated: req.isAuthenticated() });
  });

  test('lets users with a password or a token pass', async () => {
    const { url } = await serve(whoami);
    const basic = Buffer.from('Ada:secret').toString('base64');
    const known = { user: 'Ada', isAuthenticated: true };
    assert.deepEqual((await get(url, { authorization: `Basic ${basic}` })).json, known);
    const byToken = { user: 'T', isAuthenticated: true };
    assert.deepEqual((await get(url, { authorization: 'Bearer good' })).json, byToken);
    const inBody = await send(url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'access_token=good',
    });
    assert.deepEqual(inBody.json, byToken);
  });

  test('refuses the others with its challenges', async () => {
    const { url } = await serve(whoami);
    for (const headers of [{}, { authorization: 'Bearer bad' }]) {
      const { status, headers: fields } = await get(url, headers as Any);
      assert.equal(status, 401);
      assert.match(String(fields['www-authenticate']), /Bearer realm="Users".*Basic realm="Users"/);
    }
  });
});
