import { answersLikeExpress } from './response/compared';

/** What a function reads of a request. */
const read = (req: any, res: any): void =>
  res.json({
    from: [req.ip, req.ips, req.protocol, req.secure, req.host, req.hostname, req.subdomains],
    target: [req.path, req.query, req.baseUrl, req.url],
    fields: [req.get('Referer'), req.get('referrer'), req.header('X-A'), req.xhr],
    ranges: [req.range(100), req.range(100, { combine: true }), req.range(0)],
    types: [
      req.is(),
      req.is('json'),
      req.is('text/*', '+json'),
      req.is(['urlencoded', 'multipart']),
    ],
    accepted: [req.accepts(), req.accepts('json', 'html'), req.accepts(['text', 'png'])],
    encodings: [req.acceptsEncodings(), req.acceptsEncodings('br', 'gzip')],
    charsets: [req.acceptsCharsets(), req.acceptsCharsets('utf-8', 'latin1')],
    languages: [req.acceptsLanguages(), req.acceptsLanguages('de', 'en')],
    fresh: [req.fresh, req.stale],
  });

const SPACES = ['', ' ', '\t', ' \t ', '\u00a0'];
const spaced = SPACES.flatMap((a) =>
  SPACES.flatMap((b) => [
    `X-Forwarded-For: 1.2.3.4${a},${b}10.0.0.1`,
    `X-Forwarded-For: ,${a},${b}`,
    `X-Forwarded-For:${a}1.2.3.4${b}`,
    `X-Forwarded-Proto: https${a},${b}http`,
    `X-Forwarded-Proto:${a}${b}`,
    `X-Forwarded-Host: b.test${a},${b}c.test`,
    `Range: bytes=${a}0${b}-1`,
    `Range: bytes=0-1${a},${b}3-4`,
    `Accept: text/html${a};${b}q=0.5${a},${b}application/json`,
    `Accept-Encoding: gzip${a};${b}q=0${a},${b}br`,
    `Accept-Language: en${a};${b}q=0.1,de`,
    `Accept-Charset: utf-8${a},${b}latin1;q=${a}0.2`,
    `X-Requested-With:${a}XMLHttpRequest${b}`,
    `If-None-Match: "a"${a},${b}"b"`,
    `Content-Type: application/json${a};${b}charset=utf-8\nContent-Length: 0`,
  ]),
);
answersLikeExpress(
  'white space in fields',
  read,
  ...spaced.map((field) => `GET /a/b?x=1\n${field}`),
);

answersLikeExpress(
  'fields that say nothing, and fields that come twice',
  read,
  ...[
    'Range:',
    'Range: =',
    'Range: bytes=',
    'Range: bytes=0-1\nRange: bytes=2-3',
    'Accept:',
    'Accept: a/b\nAccept: c/d',
    'Accept-Encoding:',
    'Accept-Charset:',
    'Accept-Language:',
    'X-Forwarded-For:',
    'X-Forwarded-For: 1.2.3.4\nX-Forwarded-For: 5.6.7.8',
    'X-Forwarded-For: ::1, fe80::1%lo, ::ffff:1.2.3.4, unknown',
    'X-Forwarded-Proto: https\nX-Forwarded-Proto: http',
    'X-Forwarded-Proto: HTTPS',
    'X-Forwarded-Host:',
    'X-Forwarded-Host: ,b.test',
    'X-Forwarded-Host: [::1]:8',
    'X-Forwarded-Host: a.b.c.test:8, d.test',
    'X-Requested-With: xmlHTTPrequest',
    'Referrer: a\nReferer: b',
    'Referer:\nReferrer: c',
    'Content-Type: application/json',
    'Content-Type: application/vnd.a+json\nContent-Length: 0',
    'Content-Type:\nContent-Length: 0',
    'Content-Type: multipart/mixed; boundary=x\nContent-Length: 0',
    'Content-Type: application/json\nTransfer-Encoding: chunked\n\n0\n',
    'If-None-Match:',
    'If-Modified-Since:',
  ].map((field) => `GET /?x=1&x=2&y[z]=3\n${field}`),
);

const TARGETS = [
  ...['/', '/?', '/??', '/?a', '/a?b?c', '/%20', '/a%2Fb?x=%zz', '/a/../b', '/;a', '//x', '/é'],
  ...['/?a=1&a=2&a=3', '/?a[b]=1', '/?=', '/?&&', '/?a=%F0%9F%98%80+b', '/?a;b=1', '/?a=b=c'],
  ...['/?__proto__=1', '/?hasOwnProperty=1', '/?a%00=1', '/?a=%ff'],
];
answersLikeExpress(
  'request targets',
  read,
  ...TARGETS.flatMap((target) =>
    ['GET', 'OPTIONS', 'PURGE'].map((method) => `${method} ${target}`),
  ),
);

for (const host of [
  '',
  'a.test.',
  '.',
  'a..b',
  'x@y',
  '[::1]',
  '[::1]:80',
  '[::1',
  'a:b:c',
  '1.2.3.4:5',
]) {
  answersLikeExpress(`the host ${host}`, read, `GET /\nX-Forwarded-Host: ${host}`);
}

for (const name of [undefined, null, '', 5, [], ['a'], {}, 'X-A', 'REFERRER', 'set-cookie']) {
  answersLikeExpress(
    `req.get(${JSON.stringify(name)})`,
    (req, res) => res.json([req.get(name) ?? null]),
    'GET /\nX-A: b\nReferer: r',
  );
}
