import { answersLikeExpress, GET } from './compared';

const MODIFIED = 'Tue, 02 Jan 2024 03:04:05 GMT';

for (const url of [
  '/',
  '/a b',
  'http://x/?q="<>&\'',
  '/é漢',
  '/%zz%20',
  '//evil',
  '/\r\nX: y',
  '\ud800',
  'back',
  '{}|^`\\',
  undefined,
]) {
  answersLikeExpress(`location ${url}`, (_, res) => res.location(url).end(), GET);
  for (const accept of [
    '*/*',
    'text/html',
    'text/plain',
    'image/png',
    'text/plain;q=0.1, text/html',
  ]) {
    answersLikeExpress(
      `redirect ${url} for ${accept}`,
      (_, res) => res.redirect(url),
      `GET /\nAccept: ${accept}`,
    );
  }
  answersLikeExpress(`redirect 301 ${url}`, (_, res) => res.redirect(301, url), GET, 'HEAD /');
}
for (const accept of [
  '*/*',
  'text/html',
  'application/json;q=0.5, text/*;q=0.4',
  'image/png',
  'text/html;q=0',
]) {
  answersLikeExpress(
    `format for ${accept}`,
    (_, res) =>
      res.format({
        text: () => res.send('t'),
        html: () => res.send('h'),
        'application/json': () => res.send({ a: 1 }),
        default: () => res.send('d'),
      }),
    `GET /\nAccept: ${accept}`,
  );
}
for (const condition of [
  'If-None-Match: "a"',
  'if-none-match: "a"',
  'If-None-Match: W/"a"',
  'If-None-Match: *',
  'If-None-Match: "b"',
  'If-Modified-Since: Tue, 02 Jan 2024 03:04:05 GMT',
  'IF-MODIFIED-SINCE: Tue, 02 Jan 2024 03:04:05 GMT',
  'If-Range: "a"',
  'Cache-Control: no-cache\nIf-None-Match: "a"',
]) {
  answersLikeExpress(
    `ETag and ${condition}`,
    (_, res) => res.set('ETag', '"a"').send('x'),
    `GET /\n${condition}`,
    `POST /\n${condition}`,
  );
  answersLikeExpress(
    `Last-Modified and ${condition}`,
    (_, res) => res.set('Last-Modified', MODIFIED).json(1),
    `GET /\n${condition}`,
  );
  answersLikeExpress(
    `no validator and ${condition}`,
    (_, res) => res.send('x'),
    `GET /\n${condition}`,
  );
}
