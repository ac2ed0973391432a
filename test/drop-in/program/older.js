const path = require('node:path');
const { asked, at } = require('./cases');

// Calls that Express 4 knows and Express 5 does not, or takes otherwise.
const root = path.join(__dirname, 'static');
const text = path.join(root, 'text.txt');
const json = (target, body, run) => ({
  request: {
    method: 'POST',
    target,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  },
  run,
});
/** Answers with a value, or with what reading it throws. */
const answer = (res, read) => {
  let value;
  try {
    value = read();
  } catch (error) {
    value = `${error.name}: ${error.message}`;
  }
  res.json(value);
};
const sendOutcome = (res) => (error) => {
  if (!res.headersSent) res.status(500).send(String(error.status));
};
const accepted = {
  'Accept-Charset': 'utf-8',
  'Accept-Encoding': 'gzip',
  'Accept-Language': 'de, en;q=0.5',
};

exports.cases = {
  // The request.
  'a name of the body, without a body': (req, res) => answer(res, () => req.body.name),
  'a name taken out of the body': (req, res) =>
    answer(res, () => {
      const { name = 'nobody' } = req.body;
      return name;
    }),
  'param of the route': at('/a/b%20c', (req, res) => answer(res, () => req.param('0'))),
  'param of the query': at('/?a=1', (req, res) => answer(res, () => req.param('a'))),
  'param of the body': json('/?a=1', { a: 'body' }, (req, res) =>
    answer(res, () => req.param('a')),
  ),
  'param with a default': (req, res) => answer(res, () => req.param('a', 'b')),
  'param that Object has': (req, res) => answer(res, () => typeof req.param('hasOwnProperty')),
  'param that is null': json('/?a=1', { a: null }, (req, res) => answer(res, () => req.param('a'))),
  params: at('/a%2Fb/c%20d/', (req, res) => res.json(req.params)),
  'params of the root': (req, res) => res.json([req.params, Object.keys(req.params)]),
  'params of two slashes': at('//a', (req, res) => res.json(req.params)),
  route: (req, res) => res.end(String(req.route?.path)),
  'the singular accepts': asked(accepted, (req, res) =>
    answer(res, () => [
      req.acceptsCharset('utf-8'),
      req.acceptsEncoding('gzip', 'br'),
      req.acceptsLanguage(['en', 'de']),
      req.acceptsLanguage(),
    ]),
  ),
  'host and hostname': asked({ Host: '[::1]:80', 'X-Forwarded-Host': 'a:1 , b' }, (req, res) =>
    res.json([req.host, req.hostname]),
  ),
  'a query that nests': at('/?a[b][c]=1&a[b][d]=2&e[]=1&e[]=2&f[1]=x&f[0]=y', (req, res) =>
    res.json(req.query),
  ),
  'a query that nests too deep': at(`/?a${'[b]'.repeat(8)}=1`, (req, res) => res.json(req.query)),
  'a query of many parameters': at(
    `/?${Array.from({ length: 1100 }, (_, i) => `a[]=${i}`).join('&')}`,
    (req, res) => res.json([req.query.a?.length, Object.keys(req.query).length]),
  ),
  'a query with dots, commas and charsets': at(
    '/?a.b=1&c=1,2&utf8=%E2%9C%93&d=%u0041',
    (req, res) => res.json(req.query),
  ),
  'a query with names of Object': at(
    '/?hasOwnProperty=1&a[toString]=2&__proto__[x]=1',
    (req, res) => res.json([req.query, Object.hasOwn(req.query, 'hasOwnProperty')]),
  ),
  'a query is one object': at('/?a=1', (req, res) => {
    const first = req.query;
    first.b = '2';
    req.url = '/?c=3';
    res.json([first === req.query, req.query, Object.getPrototypeOf(first) === Object.prototype]);
  }),
  'a setting of the application': (req, res) => res.json([req.app.get('query parser')]),
  'ranges that are malformed': (req, res) => {
    const results = [];
    for (const range of ['bytes=a-b', 'bytes=', 'bytes=1', 'bytes', 'bytes=0-1,x', 'bytes=5-2']) {
      req.headers.range = range;
      results.push(req.range(10));
    }
    res.json(results);
  },
  'fresh by a tag, stale by a date': asked(
    { 'If-None-Match': '"a"', 'If-Modified-Since': new Date(0).toUTCString() },
    (req, res) => {
      res.set({ ETag: '"a"', 'Last-Modified': new Date(1e12).toUTCString() });
      res.json([req.fresh]);
    },
  ),
  'fresh by a star, stale by a date': asked(
    { 'If-None-Match': '*', 'If-Modified-Since': new Date(0).toUTCString() },
    (req, res) => {
      res.set('Last-Modified', new Date(1e12).toUTCString());
      res.json([req.fresh]);
    },
  ),
  'fresh by both': asked(
    { 'If-None-Match': 'W/"a"', 'If-Modified-Since': new Date(1e12).toUTCString() },
    (req, res) => {
      res.set({ ETag: '"a"', 'Last-Modified': new Date(1e12).toUTCString() });
      res.send('x');
    },
  ),

  // A status beside the body.
  'send a status and a text': (req, res) => res.send(201, 'made'),
  'send a text and a status': (req, res) => res.send('made', 201),
  'send a status and an object': (req, res) => res.send(202, { a: 1 }),
  'send two numbers': (req, res) => res.send(202, 7),
  'send a text and undefined': (req, res) => res.send('made', undefined),
  'send 204': (req, res) => res.send(204),
  'send 404 over a type': (req, res) => res.type('html').send(404),
  'send 299': (req, res) => res.send(299),
  'send 99': (req, res) => res.send(99),
  'json of a status and a value': (req, res) => res.json(201, { a: 1 }),
  'json of a value and a status': (req, res) => res.json({ a: 1 }, 201),
  'json of two numbers': (req, res) => res.json(201, 202),
  'jsonp of a status and a value': at('/?callback=f', (req, res) => res.jsonp(201, { a: 1 })),
  'jsonp of a value and a status': at('/?callback=f', (req, res) => res.jsonp({ a: 1 }, 201)),
  'status of a text, then sent': (req, res) => res.status('201').send('made'),
  'sendStatus 299': (req, res) => res.sendStatus(299),

  // Fields.
  'Content-Type html': (req, res) => res.set('Content-Type', 'html').end('x'),
  'Content-Type of no text': (req, res) => res.set('Content-Type', 'image/png').end('x'),
  'Content-Type Text/HTML': (req, res) => res.set('content-type', 'Text/HTML').end('x'),
  'Content-Type undefined': (req, res) => res.set('Content-Type', undefined).end('x'),
  'Content-Type of a list': (req, res) => res.set('Content-Type', ['a/b']),
  'Content-Type with a charset': (req, res) =>
    res.set('Content-Type', 'text/x;charset=latin1').end('x'),
  'Content-Type and parameters, sent': (req, res) =>
    res.set('Content-Type', 'text/x; z=1; a="b c"').send('x'),
  'Content-Type and parameters, sent as bytes': (req, res) =>
    res.set('Content-Type', 'text/x; z=1; a=b').send(Buffer.from('x')),
  'types of extensions': (req, res) => {
    const names = ['js', '.mjs', 'a/b.js', 'ico', 'x.webmanifest', 'json', 'svg', 'wasm', 'none'];
    res.json(names.map((name) => res.type(name).get('Content-Type')));
  },
  'more types of extensions': (req, res) => {
    const names = ['aac', 'rar', 'sql', 'exe', 'dmg', 'asc', 'stl', 'xml', 'md', 'constructor'];
    res.json(names.map((name) => res.type(name).get('Content-Type')));
  },
  'format of JavaScript': asked({ Accept: '*/*' }, (req, res) =>
    res.format({ js: () => res.send('x') }),
  ),
  'format with parameters': asked({ Accept: 'text/html' }, (req, res) =>
    res.format({ 'text/html ; level=1': () => res.send('x'), html: () => res.send('y') }),
  ),
  'links of a list': (req, res) => res.links({ next: ['/a', '/b'], last: '/c' }).end(),
  'vary of nothing': (req, res) => res.vary('').vary([]).end(),
  'clearCookie that expires later': (req, res) => res.clearCookie('a', { maxAge: 5000 }).end(),
  'clearCookie with a date': (req, res) =>
    res.clearCookie('a', { expires: new Date(1e12), path: '/x' }).end(),
  'attachment of a word': (req, res) => res.attachment('plain').end(),
  'attachment of a path': (req, res) => res.attachment('/a/b.js').end(),
  'attachment with quotes': (req, res) => res.attachment('a"b\\c.txt').end(),
  'attachment in Latin': (req, res) => res.attachment('é.txt').end(),
  'attachment beyond Latin': (req, res) => res.attachment('é€.txt').end(),
  'attachment with an escape': (req, res) => res.attachment('50%20.txt').end(),
  'redirect with the status last': (req, res) => res.redirect('/there', 301),
  'redirect to back': asked({ Referer: '/from' }, (req, res) => res.redirect(303, 'back')),
  'redirect as HTML': asked({ Accept: 'text/html' }, (req, res) => res.redirect('/a?b=<c>')),
  'location of back': (req, res) => res.location('back').end(),

  // Files.
  sendfile: (req, res) => res.sendfile(text),
  'sendfile with an escape': (req, res) => res.sendfile(path.join(root, 'a%20b.txt')),
  'sendfile below the current directory': (req, res) => res.sendfile('static/text.txt'),
  'sendfile out of the current directory': (req, res) =>
    res.sendfile('../none.txt', sendOutcome(res)),
  'sendfile with a broken escape': (req, res) => res.sendfile('/%zz', sendOutcome(res)),
  'sendFile with a tag': asked({ 'If-None-Match': 'W/"d-174876e8000"' }, (req, res) =>
    res.sendFile(text),
  ),
  'sendFile without a tag': (req, res) => res.sendFile(text, { etag: false }),
  'sendFile of a script': (req, res) => res.sendFile('index.js', { root: __dirname }),
  'sendFile below a hidden directory': (req, res) =>
    res.sendFile(path.join(root, '.dir/page.html'), sendOutcome(res)),
  'sendFile of a hidden file': (req, res) => res.sendFile('.hidden', { root }, sendOutcome(res)),
  'sendFile of a hidden file, by the older option': (req, res) =>
    res.sendFile('.hidden', { root, hidden: true }, sendOutcome(res)),
  'sendFile by the older names': (req, res) =>
    res.sendFile('text.txt', { root, maxage: '1h' }, sendOutcome(res)),
  'a range by a tag': asked({ Range: 'bytes=2-5', 'If-Range': 'W/"d-174876e8000"' }, (req, res) =>
    res.sendFile(text),
  ),
  'download in Latin': (req, res) => res.download(text, 'é.txt'),
  'download of a script': (req, res) => res.download(path.join(__dirname, 'index.js')),
};
