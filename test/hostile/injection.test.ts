import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { exchangeBytes, send, serve } from '../support/wire';

const splitting = [
  'a\r\nX-Evil: 1',
  'a\nX-Evil: 1',
  'a\rX-Evil: 1',
  'a\0b',
  '\r\n\r\n<script>',
  'é\u010d\u010a',
];

type Handler = (res: any, text: string, req: any) => void;

const setters: Record<string, Handler> = {
  set: (res, text) => res.set('X-A', text),
  'set of a list': (res, text) => res.set('X-A', ['ok', text]),
  'a name': (res, text) => res.set(text, 'a'),
  header: (res, text) => res.header({ 'X-A': text }),
  append: (res, text) => res.append('X-A', 'ok').append('X-A', text),
  type: (res, text) => res.type(text),
  'type of a media type': (res, text) => res.type(`text/${text}`),
  vary: (res, text) => res.vary(text),
  links: (res, text) => res.links({ [text]: 'a', next: text }),
  location: (res, text) => res.location(text),
  redirect: (res, text) => res.redirect(text),
  attachment: (res, text) => res.attachment(text),
  cookie: (res, text) => res.cookie('a', text),
  'name of a cookie': (res, text) => res.cookie(text, 'a'),
  'options of a cookie': (res, text) => res.cookie('a', 'b', { path: text, domain: text }),
  'encoding of a cookie': (res, text) => res.cookie('a', text, { encode: String }),
  clearCookie: (res, text) => res.clearCookie(text),
  jsonp: (res, text, req) => {
    req.query = { callback: text };
    res.jsonp({ a: text });
  },
  'a status text': (res, text) => {
    res.statusMessage = text;
    res.send('a');
  },
  'a head': (res, text) => res.writeHead(200, { 'X-A': text }).end(),
  'a flat head': (res, text) => res.writeHead(200, ['X-A', text]).end(),
  'fields of an error': (_, text) => {
    throw Object.assign(new Error(text), { status: 400, headers: { 'X-A': text } });
  },
};

describe('what clients send cannot become a field or the end of the head', async () => {
  let handler: Handler = () => {};
  const { url, port } = await serve((req: any, res: any) => {
    handler(res, req.rawBody?.toString() ?? '', req);
    if (!res.writableEnded) res.send('ok');
  });

  for (const [name, setter] of Object.entries(setters)) {
    test(name, async (t) => {
      t.mock.method(console, 'error', () => {});
      handler = setter;
      for (const text of splitting) {
        const length = Buffer.byteLength(text);
        const { head, status } = await exchangeBytes(
          port,
          `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`.concat(
            Buffer.from(text).toString('latin1'),
          ),
        ).catch(() => ({ head: '', status: 0 }));
        assert.doesNotMatch(head, /^X-Evil/im, JSON.stringify(text));
        assert.doesNotMatch(head.replaceAll('\r\n', ''), /[\r\n\0]/, JSON.stringify(text));
        assert.ok([200, 302, 500].includes(status), `${status} for ${JSON.stringify(text)}`);
      }
      handler = () => {};
      assert.equal((await send(url, { body: 'x' })).status, 200);
    });
  }

  test('error texts are never HTML', async (t) => {
    t.mock.method(console, 'error', () => {});
    const html = '<script>alert(1)</script>';
    handler = (_, text) => {
      throw new Error(text);
    };
    const answers = [
      await send(url, { body: html }),
      await send(url, { body: html, headers: { 'content-type': 'application/json' } }),
      await send(url, {
        body: '{}',
        headers: { 'content-type': `application/json; charset="${html}"` },
      }),
      await send(url, { body: 'a', headers: { 'content-encoding': html } }),
      await send(`${url}/%ff${encodeURI(html)}`, { method: 'GET' }),
    ];
    for (const { status, headers } of answers) {
      assert.ok(status >= 400, String(status));
      assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
  });

  test('a redirect shows its target escaped', async () => {
    handler = (res, text) => res.redirect(text);
    const headers = { accept: 'text/html' };
    const { text } = await send(url, { body: '/"><script>alert(1)</script>', headers });
    assert.doesNotMatch(text, /<script>/);
  });

  test('a callback of jsonp is a name, and its data ends no script', async () => {
    handler = (res, text, req) => {
      req.query = { callback: 'alert(1);//' };
      res.jsonp({ a: text });
    };
    const { text, headers } = await send(url, { body: '\u2028\u2029' });
    assert.match(text, /alert1/);
    assert.doesNotMatch(text, /alert\(1|[\u2028\u2029]/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });
});

describe('sendFile and download stay below their root', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'files-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  const root = path.join(directory, 'root');
  mkdirSync(path.join(root, 'sub'), { recursive: true });
  mkdirSync(path.join(directory, 'root-else'));
  for (const file of [
    'secret',
    'root-else/secret',
    'root/.hidden',
    'root/a.txt',
    'root/sub/b.txt',
  ]) {
    writeFileSync(path.join(directory, file), file);
  }
  symlinkSync('../secret', path.join(root, 'link'));

  let method: 'sendFile' | 'download' = 'sendFile';
  const { url } = await serve((req: any, res: any) => {
    res[method](req.rawBody.toString(), { root });
  });
  const fetchFile = (name: string) => send(url, { body: name });

  for (const each of ['sendFile', 'download'] as const) {
    for (const name of [
      '../secret',
      '/../secret',
      './../secret',
      'sub/../../secret',
      '..',
      '../root-else/secret',
      '..\\secret',
      '/../root-else/secret',
      'sub/../../root-else/secret',
      '....//secret',
      '..././secret',
      '%2e%2e/secret',
      '..%2fsecret',
      '.hidden',
      'sub/../.hidden',
      '/etc/passwd',
      path.join(directory, 'secret'),
      'a.txt\0.png',
      '\0',
      'a.txt/',
      'a.txt/../../secret',
      'sub',
      'a'.repeat(5000),
      '//secret',
      'C:\\secret',
      'file:///etc/passwd',
    ]) {
      test(`${each}: ${JSON.stringify(name.slice(0, 40))} shows nothing of others`, async (t) => {
        t.mock.method(console, 'error', () => {});
        method = each;
        const { status, text } = await fetchFile(name);
        assert.ok([400, 403, 404].includes(status), `${status} ${text}`);
        assert.doesNotMatch(text, /secret$|hidden|root:/);
        assert.ok(!text.includes(directory), 'and not where the files are');
      });
    }
  }

  test('files below it are sent, and links as the file system follows them', async () => {
    method = 'sendFile';
    assert.equal((await fetchFile('sub/../sub/b.txt')).text, 'root/sub/b.txt');
    assert.equal((await fetchFile('/a.txt')).text, 'root/a.txt');
    assert.equal((await fetchFile('link')).text, 'secret');
  });
});
