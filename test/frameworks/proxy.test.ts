import assert from 'node:assert/strict';
import http from 'node:http';
import { describe, test } from 'node:test';
import zlib from 'node:zlib';
import { send, serve, type Upload } from '../support/wire';

type Any = any;
const { createProxyMiddleware, fixRequestBody }: Any = require('http-proxy-middleware');

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const MUCH = JSON.stringify(['x'.repeat(2_000_000)]);
const uploads: [what: string, upload: Upload, echoed: unknown][] = [
  ['nothing', { method: 'GET' }, ''],
  ['JSON', { headers: JSON_TYPE, body: '{"a":[1,"ü"]}' }, '{"a":[1,"ü"]}'],
  ['JSON in chunks', { headers: JSON_TYPE, body: '{"a":1}', chunk: 2 }, '{"a":1}'],
  ['a form', { headers: FORM_TYPE, body: 'a=1&b=2' }, 'a=1&b=2'],
  ['an empty body', { headers: { 'content-type': 'text/plain' }, body: '' }, ''],
  ['much', { headers: JSON_TYPE, body: MUCH }, MUCH],
];

/** Says what came to the server behind the proxy. */
const echo = (req: Any, res: Any): void => {
  const { method, url, rawBody, headers } = req;
  res.status(201).set('X-Behind', 'yes');
  res.json({ method, url, body: String(rawBody ?? ''), encoding: headers['content-encoding'] });
};

/** A proxy that many write by hand: what comes is piped. */
const byHand = (target: string): Any => {
  return (req: Any, res: Any): void => {
    const { method, headers } = req;
    const outgoing = http.request(target + req.url, { method, headers }, (incoming) => {
      res.writeHead(incoming.statusCode, incoming.headers);
      incoming.pipe(res);
    });
    req.pipe(outgoing);
  };
};

const proxies: Record<string, (target: string) => Any> = {
  'http-proxy-middleware': (target) => createProxyMiddleware({ target, changeOrigin: true }),
  'http-proxy-middleware with fixRequestBody': (target) =>
    createProxyMiddleware({ target, on: { proxyReq: fixRequestBody } }),
  'req.pipe': byHand,
};

describe('a function that passes requests on', async () => {
  const behind = await serve(echo);
  for (const [name, make] of Object.entries(proxies)) {
    const { url } = await serve(make(behind.url));
    for (const [what, upload, body] of uploads) {
      test(`by ${name}: ${what}`, async () => {
        const { status, headers, json } = await send(`${url}/a?b=1`, upload);
        assert.equal(status, 201);
        assert.equal(headers['x-behind'], 'yes');
        assert.deepEqual(json, { method: upload.method ?? 'POST', url: '/a?b=1', body });
      });
    }
  }

  test('passes compressed bodies on as they came', async () => {
    const { url } = await serve(createProxyMiddleware({ target: behind.url }));
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    const { json } = await send(url, { headers, body: zlib.gzipSync('{"a":1}') });
    assert.deepEqual([json.body, json.encoding], ['{"a":1}', 'gzip']);
  });

  test('answers 504 for a server that is not there', async () => {
    const { url } = await serve(createProxyMiddleware({ target: 'http://127.0.0.1:1' }));
    assert.equal((await send(url, { headers: JSON_TYPE, body: '{}' })).status, 504);
  });
});
