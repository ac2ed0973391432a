import { answersLikeExpress } from './compared';

const ODD: unknown[] = [
  ...[undefined, null, true, false, 0, 1, -1, 1.5, 200, 999, 1000, Number.NaN, 5n, Symbol('x')],
  ...[
    '',
    ' ',
    'a',
    'a/b',
    '.html',
    'a.png',
    'é',
    '漢',
    '\ud800',
    'a\r\nX-B: c',
    '"',
    '*',
    '__proto__',
  ],
  ...[[], ['a'], ['a', 'b'], [[]], {}, { a: 1 }, { a: undefined }, Object.create(null), /x/],
  ...[
    new Date(0),
    new Date(Number.NaN),
    new Map(),
    () => 'f',
    Buffer.from('é'),
    new Uint16Array(2),
  ],
  ...[new URL('http://a.test/b c'), new String('boxed'), new Error('e'), 'x'.repeat(300)],
];

const CALLS: Record<string, (res: any, value: any) => unknown> = {
  send: (res, value) => res.send(value),
  json: (res, value) => res.json(value),
  jsonp: (res, value) => res.jsonp(value),
  status: (res, value) => res.status(value).end('x'),
  sendStatus: (res, value) => res.sendStatus(value),
  "set('X-A', …)": (res, value) => res.set('X-A', value).end(),
  'set(…, "x")': (res, value) => res.set(value, 'x').end(),
  "header('X-A', …)": (res, value) => res.header('X-A', value).end(),
  "append('X-A', …)": (res, value) => res.append('X-A', value).append('X-A', value).end(),
  "append('Set-Cookie', …)": (res, value) => res.cookie('n', 'v').append('Set-Cookie', value).end(),
  "append(…, 'x')": (res, value) => res.append(value, 'x').end(),
  links: (res, value) => res.links(value).end(),
  'links({ next })': (res, value) => res.links({ next: value }).links({ last: value }).end(),
  vary: (res, value) => res.vary(value).end(),
  'vary after vary': (res, value) => res.vary('A, b').vary(value).end(),
  location: (res, value) => res.location(value).end(),
  redirect: (res, value) => res.redirect(value),
  "redirect(…, '/x')": (res, value) => res.redirect(value, '/x'),
  'redirect(301, …)': (res, value) => res.redirect(301, value),
  attachment: (res, value) => res.attachment(value).end(),
  "cookie(…, 'x')": (res, value) => res.cookie(value, 'x').end(),
  "cookie('n', …)": (res, value) => res.cookie('n', value).end(),
  "cookie('n', 'x', …)": (res, value) => res.cookie('n', 'x', value).end(),
  clearCookie: (res, value) => res.clearCookie(value).end(),
  "clearCookie('n', …)": (res, value) => res.clearCookie('n', value).end(),
  get: (res, value) => res.set('a', 'b').end(String(res.get(value))),
};
for (const option of [
  'path',
  'domain',
  'httpOnly',
  'secure',
  'sameSite',
  'priority',
  'partitioned',
]) {
  CALLS[`cookie with ${option}`] = (res, value) => res.cookie('n', 'x', { [option]: value }).end();
}
for (const option of ['expires', 'encode', 'signed', 'path', 'maxAge']) {
  CALLS[`clearCookie with ${option}`] = (res, value) =>
    res.clearCookie('n', { [option]: value }).end();
}

for (const [call, run] of Object.entries(CALLS)) {
  for (const value of ODD) {
    if (worksHere(call, value)) continue;
    answersLikeExpress(
      `${call} of ${describe(value)}`,
      (_, res) => run(res, value),
      'GET /?callback=cb',
    );
  }
}

function describe(value: unknown): string {
  const kind = typeof value === 'object' ? Object.prototype.toString.call(value) : typeof value;
  if (typeof value === 'object' && value !== null) return `${kind} ${JSON.stringify(value)}`;
  return typeof value === 'string'
    ? JSON.stringify(value).slice(0, 40)
    : `${kind} ${String(value)}`;
}

/** Where Express throws by accident and we do not (D47). */
function worksHere(call: string, value: unknown): boolean {
  if (call === 'send') return value instanceof Uint16Array;
  return call === 'attachment' && value === '\ud800';
}
