import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { answersLikeExpress, GET } from './compared';

const dir = mkdtempSync(join(tmpdir(), 'response-'));
after(() => rmSync(dir, { recursive: true }));
const file = join(dir, 'ten.txt');
writeFileSync(file, '0123456789');
writeFileSync(join(dir, 'empty.json'), '');
writeFileSync(join(dir, '.secret'), 'dot');
writeFileSync(join(dir, 'x.unknownext'), 'bytes');
mkdirSync(join(dir, 'sub'));
writeFileSync(join(dir, 'sub', 'index.html'), '<p>index</p>');
const modified = new Date('2024-01-02T03:04:05Z');
utimesSync(file, modified, modified);

for (const extra of [
  '',
  'Range: bytes=2-4',
  'Range: bytes=-3',
  'Range: bytes=8-',
  'Range: bytes=-500',
  'Range: bytes=0-1,4-5',
  'Range: bytes=0-1,2-5',
  'Range: chars=1-2',
  'Range: bytes=x',
  'Range: bytes=0-1\nIf-Range: Tue, 02 Jan 2024 03:04:05 GMT',
  'Range: bytes=0-1\nIf-Range: "x"',
  'If-Modified-Since: Tue, 02 Jan 2024 03:04:05 GMT',
  'If-Unmodified-Since: Tue, 02 Jan 2024 03:04:05 GMT',
  'If-None-Match: *',
]) {
  for (const options of [
    {},
    { maxAge: '1d', immutable: true },
    { maxAge: 5000, acceptRanges: false },
    { cacheControl: false, lastModified: false },
    { headers: { 'X-A': 'b', 'Content-Type': 'text/x-a' } },
    { start: 2, end: 7 },
  ]) {
    answersLikeExpress(
      `sendFile ${extra} ${JSON.stringify(options)}`,
      (_, res) =>
        res.sendFile(file, { ...options }, (error: any) => {
          // The wording of refusals is ours, so the handler answers them here.
          if (error && !res.headersSent) res.status(error.status).end();
        }),
      ...['GET', 'HEAD'].map((m) => [`${m} /`, extra].filter(Boolean).join('\n')),
    );
  }
}
for (const [path, options] of [
  ['missing', {}],
  ['ten.txt', {}],
  ['empty.json', {}],
  ['.secret', {}],
  ['.secret', { dotfiles: 'allow' }],
  ['.secret', { dotfiles: 'deny' }],
  ['../x', {}],
  ['sub/../../x', {}],
  ['sub/../ten.txt', {}],
  ['sub', {}],
  ['sub/', {}],
  ['sub/', { index: false }],
  ['ten', { extensions: ['txt'] }],
  ['a\0b', {}],
  ['x.unknownext', {}],
  ['ten.txt/', {}],
  ['ten.txt', { dotfiles: 'bad' }],
  ['', {}],
  ['%2e%2e/x', {}],
] as const) {
  const done = (res: any) => (error: any) => {
    if (error && !res.headersSent)
      res
        .status(error.status ?? 500)
        .json([
          error.status,
          error.statusCode,
          error.code === 'FILE_REFUSED' ? undefined : error.code,
        ]);
  };
  answersLikeExpress(
    `sendFile ${path} ${JSON.stringify(options)}`,
    (_, res) => res.sendFile(path, { root: dir, ...options }, done(res)),
    GET,
  );
  answersLikeExpress(
    `download ${path} ${JSON.stringify(options)}`,
    (_, res) => res.download(path, 'näme.txt', { root: dir, ...options }, done(res)),
    GET,
  );
}
for (const range of [
  'Range: bytes=20-',
  'If-Match: "a"',
  'If-Unmodified-Since: Mon, 01 Jan 2024 03:04:05 GMT',
]) {
  answersLikeExpress(
    `a refused ${range}`,
    (_, res) => res.sendFile(file, (error: any) => res.status(error.status).end()),
    `GET /\n${range}`,
  );
}
answersLikeExpress('a relative path without root', (_, res) => res.sendFile('x'), GET);
answersLikeExpress('no path', (_, res) => res.sendFile(), GET);
answersLikeExpress('download by path', (_, res) => res.download(file), GET);
