import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium, skip } from '../support/chromium';
import { serve } from '../support/wire';

type Any = any;
const load = (name: string): Any => require(name);

/** As “Write Cloud Run functions” shows it: anybody may ask. */
const open = (req: Any, res: Any): void => {
  res.set('Access-Control-Allow-Origin', '*');
  if (req.method === 'OPTIONS') {
    res.set('Access-Control-Allow-Methods', 'GET');
    res.set('Access-Control-Allow-Headers', 'Content-Type');
    res.set('Access-Control-Max-Age', '3600');
    res.status(204).send('');
  } else res.send('Hello World!');
};

/** The same page's function for one origin, with credentials. */
const closed =
  (origin: string): Any =>
  (req: Any, res: Any): void => {
    res.set('Access-Control-Allow-Origin', origin);
    res.set('Access-Control-Allow-Credentials', 'true');
    if (req.method === 'OPTIONS') {
      res.set('Access-Control-Allow-Methods', 'GET');
      res.set('Access-Control-Allow-Headers', 'Authorization');
      res.set('Access-Control-Max-Age', '3600');
      res.status(204).send('');
    } else {
      res.cookie('session', 'of Ada', { httpOnly: true });
      res.send(`${req.get('authorization')}, cookie ${req.get('cookie')}`);
    }
  };

describe('a page of another origin, in Chromium,', { skip, timeout: 60_000 }, () => {
  let browser: Any;
  let page: Any;
  let origin: string;
  /** What the browser asked functions for, in order. */
  const asked: string[] = [];
  const noting =
    (handler: Any): Any =>
    (req: Any, res: Any): void => {
      asked.push(req.method);
      handler(req, res);
    };

  before(async () => {
    browser = await load('playwright-core').chromium.launch({
      executablePath: chromium,
      args: ['--no-sandbox'],
    });
    ({ url: origin } = await serve((_req: Any, res: Any) => res.send('<h1>A page</h1>')));
    page = await browser.newPage();
    await page.goto(origin);
  });
  after(() => browser?.close());

  /** What a script of the page gets for an URL; no call uses a cache. */
  async function get(url: string, init: Any = {}): Promise<string> {
    asked.length = 0;
    return page.evaluate(
      ([target, options]: Any) =>
        fetch(target, options).then(
          async (answer) => `${answer.status} ${await answer.text()}`,
          (error) => error.name,
        ),
      [url, init],
    );
  }

  test('may ask a function that lets anybody ask', async () => {
    const { url } = await serve(noting(open));
    assert.equal(await get(url), '200 Hello World!');
    assert.deepEqual(asked, ['GET']);
    const headers = { 'content-type': 'application/json' };
    assert.equal(await get(url, { headers }), '200 Hello World!');
    assert.deepEqual(asked, ['OPTIONS', 'GET']);
    assert.equal(await get(url, { headers }), '200 Hello World!');
    assert.deepEqual(asked, ['GET'], 'the preflight was not kept');
    assert.equal(await get(url, { method: 'DELETE' }), 'TypeError');
    assert.equal(await get(url, { credentials: 'include' }), 'TypeError');
  });

  test('may ask with credentials, and has its cookie come back', async () => {
    const { url } = await serve(noting(closed(origin)));
    const init = { credentials: 'include', headers: { authorization: 'Bearer x' } };
    assert.equal(await get(url, init), '200 Bearer x, cookie undefined');
    assert.deepEqual(asked, ['OPTIONS', 'GET']);
    assert.equal(await get(url, init), '200 Bearer x, cookie session=of%20Ada');
    assert.deepEqual(asked, ['GET']);
    assert.equal(await get(url, { headers: { 'x-other': '1' } }), 'TypeError');
  });

  test('may not ask a function that is for others', async () => {
    const { url } = await serve(noting(closed('https://mydomain.com')));
    assert.equal(await get(url, { headers: { authorization: 'Bearer x' } }), 'TypeError');
    assert.deepEqual(asked, ['OPTIONS']);
    assert.equal(await get(url), 'TypeError');
  });

  test('may ask a function behind the cors package', async () => {
    const cors = load('cors')({ origin: true, credentials: true, methods: ['PUT'], maxAge: 60 });
    const handler = (req: Any, res: Any): void =>
      cors(req, res, () => res.json({ got: req.body, method: req.method }));
    const { url } = await serve(noting(handler));
    const init = {
      method: 'PUT',
      credentials: 'include',
      headers: { 'content-type': 'application/json', 'x-any': '1' },
      body: '{"a":"ü"}',
    };
    assert.equal(await get(url, init), '200 {"got":{"a":"ü"},"method":"PUT"}');
    assert.deepEqual(asked, ['OPTIONS', 'PUT']);
    assert.equal(await get(url, { method: 'DELETE' }), 'TypeError');
  });

  test('reads server-sent events, and asks again where it was', async () => {
    const ids: (string | undefined)[] = [];
    const { url } = await serve((req: Any, res: Any) => {
      ids.push(req.get('last-event-id'));
      res.set({ 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/event-stream' });
      res.write(`retry: 10\nid: ${ids.length}\ndata: part ${ids.length}\n\n`);
      if (ids.length === 1) res.end();
    });
    const texts = await page.evaluate(
      (target: string) =>
        new Promise((resolve) => {
          const found: string[] = [];
          const source = new (globalThis as Any).EventSource(target);
          source.onmessage = ({ data }: Any) => {
            found.push(data);
            if (found.length < 2) return;
            source.close();
            resolve(found);
          };
        }),
      url,
    );
    assert.deepEqual(
      [texts, ids],
      [
        ['part 1', 'part 2'],
        [undefined, '1'],
      ],
    );
  });
});
