const http = require('node:http');
const { inspect } = require('node:util');

// Each case: the request, and what the function reads from it.
const read = (request, fact) => ({
  request,
  run(req, res) {
    let value;
    try {
      value = fact(req, res);
    } catch (error) {
      value = `${error.name}: ${error.message}`;
    }
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(value) ?? 'undefined');
  },
});
const sends = (headers) => ({ headers });
const json = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' };

exports.cases = {
  'get ignores case': read(sends({ 'X-A': '1' }), (req) => [req.get('x-a'), req.header('X-A')]),
  'classes, as logs name them': read({}, (req, res) => [
    req.constructor === http.IncomingMessage,
    res.constructor === http.ServerResponse,
    inspect(req, { depth: -1 }),
    inspect(res, { depth: -1 }),
  ]),
  'get of a missing field': read({}, (req) => [typeof req.get('nothing')]),
  'referer is referrer': read(sends({ Referer: '/r' }), (req) => [
    req.get('referer'),
    req.get('Referrer'),
    req.header('referrer'),
  ]),
  'referrer sent': read(sends({ Referrer: '/r' }), (req) => [
    req.get('referer') ?? null,
    req.get('Referrer'),
  ]),
  'get without a name': read({}, (req) => req.get()),
  'get with a number': read({}, (req) => req.get(5)),
  'get of set-cookie is a list': read(sends({ 'Set-Cookie': ['a=1', 'b=2'] }), (req) =>
    req.get('set-cookie'),
  ),
  'get of __proto__': read({}, (req) => String(req.get('__proto__'))),
  'is a suffix': read(json, (req) => [req.is('json'), req.is('*/json'), req.is('application/*')]),
  'is several': read(json, (req) => [
    req.is('html', 'json'),
    req.is(['text/html', 'application/json']),
    req.is('html'),
    req.is('application/json'),
    req.is('urlencoded'),
    req.is('+json'),
    req.is(),
    req.is([]),
  ]),
  'is something else than a text': read(json, (req) => [
    req.is(null),
    req.is(false),
    req.is(5),
    req.is([undefined, 'json']),
  ]),
  'is a vendor type': read(
    { method: 'POST', headers: { 'Content-Type': 'application/vnd.api+json; a=b' }, body: '{}' },
    (req) => [req.is('+json'), req.is('json'), req.is('*/*'), req.is('application/*+json')],
  ),
  'is multipart': read(
    { method: 'POST', headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, body: 'x' },
    (req) => [req.is('multipart'), req.is('multipart/*'), req.is('urlencoded')],
  ),
  'is urlencoded': read(
    {
      method: 'POST',
      headers: { 'Content-Type': 'Application/X-WWW-Form-Urlencoded' },
      body: 'a=1',
    },
    (req) => [req.is('urlencoded'), req.is('application/x-www-form-urlencoded'), req.is()],
  ),
  'is without a body': read(sends({ 'Content-Type': 'text/plain' }), (req) => [req.is('text')]),
  'is with an empty body': read(
    { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '' },
    (req) => [req.is('text/plain'), req.is('text')],
  ),
  'is with a bad Content-Type': read(
    { method: 'POST', headers: { 'Content-Type': 'text/plain/x' }, body: '' },
    (req) => [req.is('text')],
  ),
  'accepts without a field': read({}, (req) => [
    req.accepts('json'),
    req.accepts(['html', 'json']),
    req.accepts(),
    req.accepts([]),
  ]),
  'accepts of an empty text': read(sends({ Accept: 'text/html, image/*;q=0.5' }), (req) => [
    req.accepts(''),
    req.accepts(),
    req.acceptsLanguages(''),
  ]),
  'accepts by quality': read(
    sends({ Accept: 'text/html;q=0.5, application/json, text/*;q=0.7, */*;q=0.1' }),
    (req) => [
      req.accepts('html', 'json'),
      req.accepts('text/plain', 'html'),
      req.accepts('png'),
      req.accepts(['text/html', 'text/plain']),
      req.accepts(),
      req.accepts('text/html;level=1'),
      req.accepts('bogus'),
    ],
  ),
  'accepts nothing that fits': read(sends({ Accept: 'text/html' }), (req) => [
    req.accepts('json'),
    req.accepts('json', 'png'),
  ]),
  'accepts refuses quality zero': read(sends({ Accept: 'text/html;q=0, */*' }), (req) => [
    req.accepts('html'),
    req.accepts('html', 'json'),
  ]),
  'accepts keeps the order of equals': read(sends({ Accept: 'text/plain, text/html' }), (req) => [
    req.accepts('html', 'text'),
    req.accepts(['text', 'html']),
  ]),
  'accepts with parameters': read(
    sends({ Accept: 'text/html;level=1, text/html;level=2;q=0.4, text/html;q=0.3' }),
    (req) => [
      req.accepts('text/html;level=2', 'text/html;level=1'),
      req.accepts('text/html'),
      req.accepts('text/html;level=3'),
      req.accepts(),
    ],
  ),
  'accepts broken ranges': read(sends({ Accept: ', ;q=1, text, text/html;q=x, a/b' }), (req) => [
    req.accepts('html'),
    req.accepts('a/b'),
    req.accepts(),
  ]),
  acceptsEncodings: read(sends({ 'Accept-Encoding': 'gzip;q=0.5, br, *;q=0.1' }), (req) => [
    req.acceptsEncodings('gzip', 'br'),
    req.acceptsEncodings('gzip'),
    req.acceptsEncodings('deflate'),
    req.acceptsEncodings(['identity', 'gzip']),
    req.acceptsEncodings(),
  ]),
  'acceptsEncodings without a field': read({}, (req) => [
    req.acceptsEncodings('gzip'),
    req.acceptsEncodings('identity'),
    req.acceptsEncodings(),
  ]),
  'acceptsEncodings without identity': read(
    sends({ 'Accept-Encoding': 'gzip, identity;q=0' }),
    (req) => [
      req.acceptsEncodings('identity'),
      req.acceptsEncodings('gzip', 'identity'),
      req.acceptsEncodings(),
    ],
  ),
  acceptsCharsets: read(sends({ 'Accept-Charset': 'utf-8, iso-8859-1;q=0.2' }), (req) => [
    req.acceptsCharsets('UTF-8'),
    req.acceptsCharsets('iso-8859-1', 'utf-8'),
    req.acceptsCharsets('ascii'),
    req.acceptsCharsets(),
  ]),
  'acceptsCharsets without a field': read({}, (req) => [
    req.acceptsCharsets('utf-8'),
    req.acceptsCharsets(),
  ]),
  acceptsLanguages: read(sends({ 'Accept-Language': 'en;q=0.8, es, de-AT;q=0.9' }), (req) => [
    req.acceptsLanguages('en', 'es'),
    req.acceptsLanguages('en-US'),
    req.acceptsLanguages('de'),
    req.acceptsLanguages(['fr', 'en']),
    req.acceptsLanguages('fr'),
    req.acceptsLanguages(),
  ]),
  'acceptsLanguages without a field': read({}, (req) => [
    req.acceptsLanguages('en'),
    req.acceptsLanguages(),
  ]),
  range: read(sends({ Range: 'bytes=0-4,10-12,-3' }), (req) => {
    const ranges = req.range(100);
    return [ranges.type, ...ranges];
  }),
  'range of another unit': read(sends({ Range: 'items=1-2' }), (req) => {
    const ranges = req.range(10);
    return [ranges.type, ...ranges];
  }),
  'range without a field': read({}, (req) => [typeof req.range(10)]),
  'range that does not fit': read(sends({ Range: 'bytes=200-300' }), (req) => req.range(100)),
  'range that is malformed': read(sends({ Range: 'bytes' }), (req) => req.range(100)),
  'range without digits': read(sends({ Range: 'bytes=a-b' }), (req) => req.range(100)),
  'range combined': read(sends({ Range: 'bytes=0-4,90-99,5-75,100-199,101-102' }), (req) => [
    ...req.range(150, { combine: true }),
  ]),
  'fresh with an ETag': read(sends({ 'If-None-Match': '"a"' }), (req, res) => {
    const before = [req.fresh, req.stale];
    res.set('ETag', '"a"');
    return [before, req.fresh, req.stale];
  }),
  'fresh with a weak ETag and a list': read(
    sends({ 'If-None-Match': '"b", W/"a"' }),
    (req, res) => {
      res.set('ETag', '"a"');
      return [req.fresh];
    },
  ),
  'fresh with a star': read(sends({ 'If-None-Match': '*' }), (req, res) => {
    res.set('ETag', '"a"');
    return [req.fresh];
  }),
  'fresh with a date': read(
    sends({ 'If-Modified-Since': 'Mon, 01 Jan 2024 00:00:00 GMT' }),
    (req, res) => {
      const seen = [];
      for (const day of ['01 Jan 2023', '01 Jan 2024', '02 Jan 2024']) {
        res.set('Last-Modified', new Date(`${day} 00:00:00 GMT`).toUTCString());
        seen.push(req.fresh);
      }
      return seen;
    },
  ),
  'fresh with no-cache': read(
    sends({ 'If-None-Match': '"a"', 'Cache-Control': 'max-age=0, no-cache' }),
    (req, res) => {
      res.set('ETag', '"a"');
      return [req.fresh];
    },
  ),
  'fresh after an error status': read(sends({ 'If-None-Match': '"a"' }), (req, res) => {
    res.status(404).set('ETag', '"a"');
    const fresh = req.fresh;
    res.status(200);
    return [fresh];
  }),
  'fresh of a POST': read(
    { method: 'POST', headers: { 'If-None-Match': '"a"' }, body: '' },
    (req, res) => {
      res.set('ETag', '"a"');
      return [req.fresh];
    },
  ),
  'request and response know each other': read({}, (req, res) => [
    req.res === res,
    res.req === req,
    req instanceof http.IncomingMessage,
    res instanceof http.ServerResponse,
    typeof req.next,
    typeof res.locals,
  ]),
  'settings of the application': read({}, (req, res) => [
    req.app.get('trust proxy'),
    req.app === res.app,
    typeof req.app.get('etag'),
    req.app.enabled('x-powered-by'),
    req.app.get('jsonp callback name'),
    req.app.mountpath,
    req.app.path(),
    req.app.locals.settings === req.app.settings,
  ]),
  'the route and the application': read({}, (req) => [
    typeof req.route,
    typeof req.app,
    typeof req.app.use,
  ]),
  'own keys': read(json, (req) =>
    ['body', 'rawBody', 'executionId', 'originalUrl', 'res'].map((key) => [
      key,
      Object.hasOwn(req, key),
    ]),
  ),
  'an own key without a body is absent': read({}, (req) => [
    Object.hasOwn(req, 'rawBody'),
    Object.hasOwn(req, 'spanId'),
    req.rawBody === undefined,
  ]),
  'fields can be assigned': read(json, (req) => {
    req.body = { changed: true };
    req.rawBody = Buffer.from('x');
    req.url = '/other?b=2';
    req.user = 'u';
    return [req.body, String(req.rawBody), req.url, req.path, req.query, req.user, req.originalUrl];
  }),
  'getters can be redefined': read({}, (req) => {
    Object.defineProperty(req, 'query', { value: { mine: '1' }, configurable: true });
    return [req.query];
  }),
  'query is read again': read({ target: '/?a=1' }, (req) => {
    req.query.b = '2';
    return [req.query];
  }),
  'query of other types': read({ target: '/?a=1' }, (req) => [
    Object.getPrototypeOf(req.query) === null,
    typeof req.query.a,
  ]),
  'rawHeaders are kept': read(sends({ 'X-Odd-Case': 'Yes' }), (req) => req.rawHeaders.slice(0, 4)),
  'socket and connection': read({}, (req) => [
    req.socket === req.connection,
    req.socket.encrypted ?? null,
    req.httpVersion,
    req.complete,
    req.readableEnded,
  ]),
  'the parsed stream has ended': read(json, (req) => [req.complete]),
  'a signal is there': read({}, (req) => [typeof req.abortController]),
  'params, route and baseUrl': read({ target: '/a/b' }, (req) => [req.baseUrl, typeof req.params]),
};
