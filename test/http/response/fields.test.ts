import { answersLikeExpress, GET } from './compared';

for (const value of ['a', ['a', 'b'], 1, undefined, null, 'é', 'a\r\nX: y', '漢']) {
  answersLikeExpress(`set ${JSON.stringify(value)}`, (_, res) => res.set('X-A', value).end(), GET);
  answersLikeExpress(
    `append ${JSON.stringify(value)}`,
    (_, res) => res.append('X-A', 'z').append('X-A', value).end(),
    GET,
  );
  answersLikeExpress(
    `cookie ${JSON.stringify(value)}`,
    (_, res) => res.cookie('n', value).end(),
    GET,
  );
}
answersLikeExpress('set an object', (_, res) =>
  res.set({ 'X-A': 1, 'Content-Type': 'text/css' }).header('X-B', ['c']).end(),
);
answersLikeExpress('set a list of types', (_, res) => res.set('Content-Type', ['a/b']).end(), GET);
for (const options of [
  {
    path: '/x',
    domain: '.a.test',
    httpOnly: true,
    secure: true,
    sameSite: true,
    priority: 'high',
    partitioned: true,
  },
  { expires: new Date(1e12) },
  { sameSite: 'None' },
  { sameSite: 'bad' },
  { priority: 'bad' },
  { maxAge: null },
  { maxAge: Number.NaN },
  { domain: 'a b' },
  { path: 'a;b' },
  { path: '' },
  { expires: 'x' },
  { signed: true },
  { encode: String },
  { encode: 1 },
  { encode: '' },
  { encode: null },
  { domain: 1 },
  { domain: true },
  { domain: 'a..b' },
  { maxAge: '2000' },
  { maxAge: 1500.9 },
  { maxAge: Number.POSITIVE_INFINITY },
  { expires: new Date(Number.NaN) },
  { partitioned: 1, httpOnly: 'no' },
]) {
  answersLikeExpress(
    `cookie ${JSON.stringify(options)}`,
    (_, res) => res.cookie('n', 'a;é', options).cookie('m', { a: 1 }).end(),
    GET,
  );
  answersLikeExpress(
    `clearCookie ${JSON.stringify(options)}`,
    (_, res) => res.clearCookie('n', options).end(),
    GET,
  );
}
answersLikeExpress(
  'sign a cookie',
  (req, res) => {
    req.secret = 's';
    res.cookie('n', 'v', { signed: true }).end();
  },
  GET,
);
for (const name of ['a b', '', 'a=b', 'é'])
  answersLikeExpress(`a cookie named ${name}`, (_, res) => res.cookie(name, 'v').end(), GET);
for (const name of [
  undefined,
  '',
  'a.png',
  '/x/b c.html',
  'é.txt',
  '漢字.pdf',
  '"q\\".css',
  'a%20b.js',
  "it's(*).bin",
  'noext',
  '\u0000.x',
]) {
  answersLikeExpress(`attachment ${name}`, (_, res) => res.attachment(name).send('x'), GET);
}
for (const names of [
  'Accept',
  'Accept, Origin',
  ['A', 'a', 'B'],
  '*',
  '',
  'a b',
  [],
  ' A ,B',
  'A,,B',
  ',',
  '\tA',
  '\u00a0A',
  ['A ', 'B'],
  5,
]) {
  answersLikeExpress(`vary ${names}`, (_, res) => res.vary('Accept').vary(names).end(), GET);
}
answersLikeExpress('links', (_, res) =>
  res
    .links({ next: '/a' })
    .links({ prev: ['/b', '/c'] })
    .end(),
);
