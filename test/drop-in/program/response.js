// Each case is a handler for a GET of '/', or the request with the handler.
const caught = (res, act) => {
  try {
    act();
    res.end('nothing was thrown');
  } catch (error) {
    res.end(`${error.name} ${error.code ?? ''}: ${error.message}`);
  }
};
const head = (run) => ({ request: { method: 'HEAD' }, run });
const asked = (headers, run) => ({ request: { headers }, run });
const at = (target, run) => ({ request: { target }, run });

const sending = {
  'send a string': (req, res) => res.send('ä'),
  'send an empty string': (req, res) => res.send(''),
  'send nothing': (req, res) => res.send(),
  'send null': (req, res) => res.send(null),
  'send null with a type': (req, res) => res.type('text').send(null),
  'send undefined with a status': (req, res) => res.status(201).send(undefined),
  'send true': (req, res) => res.send(true),
  'send false': (req, res) => res.send(false),
  'send a number': (req, res) => res.send(200),
  'send zero': (req, res) => res.send(0),
  'send a bigint': (req, res) => caught(res, () => res.send(5n)),
  'send a symbol': (req, res) => caught(res, () => res.send(Symbol('x'))),
  'send a function': (req, res) => res.send(() => 1),
  'send an object': (req, res) => res.send({ a: 'ü' }),
  'send an array': (req, res) => res.send([1, 2]),
  'send an object with toJSON': (req, res) => res.send({ toJSON: () => 'x' }),
  'send a date': (req, res) => res.send(new Date(0)),
  'send a cycle': (req, res) => {
    const cycle = {};
    cycle.cycle = cycle;
    res.send(cycle);
  },
  'send a Buffer': (req, res) => res.send(Buffer.from([1, 2, 255])),
  'send an empty Buffer': (req, res) => res.send(Buffer.alloc(0)),
  'send a Uint8Array': (req, res) => res.send(new Uint8Array([1, 2, 255])),
  'send an ArrayBuffer': (req, res) => res.send(new ArrayBuffer(2)),
  'send a view into a buffer': (req, res) =>
    res.send(new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)),
  'send a Buffer with a type': (req, res) => res.type('png').send(Buffer.from('x')),
  'send a Buffer as text': (req, res) => res.type('text/plain').send(Buffer.from('x')),
  'send a String object': (req, res) => res.send(new String('x')),
  'send a string with a type': (req, res) => res.type('xml').send('<a/>'),
  'send a string over another charset': (req, res) =>
    res.set('Content-Type', 'text/plain; charset=latin1').send('ä'),
  'send a string over parameters': (req, res) =>
    res.set('Content-Type', 'text/plain; format=flowed').send('ä'),
  'send a string as JSON': (req, res) => res.set('Content-Type', 'application/json').send('{}'),
  'send a string as octets': (req, res) =>
    res.set('Content-Type', 'application/octet-stream').send('x'),
  'send with a status': (req, res) => res.status(418).send('tea'),
  'send returns the response': (req, res) => {
    const same = res.send('x') === res;
    console.log(same);
  },
  'send twice': (req, res) => {
    res.send('one');
    try {
      res.send('two');
    } catch (error) {
      console.log(error.code, error.message);
    }
  },
  'send HEAD': head((req, res) => res.send('text')),
  'send HEAD of an object': head((req, res) => res.send({ a: 1 })),
  'json HEAD': head((req, res) => res.json({ a: 1 })),
  'end HEAD': head((req, res) => res.end('text')),
  'send 204': (req, res) => res.status(204).send('x'),
  'send 204 with fields': (req, res) =>
    res.status(204).set({ 'Content-Type': 'text/x', 'X-A': '1' }).send('x'),
  'send 205': (req, res) => res.status(205).send('x'),
  'send 304': (req, res) => res.status(304).set('Content-Type', 'text/x').send('x'),
  'json 204': (req, res) => res.status(204).json({ a: 1 }),
  'send an ETag that matches': asked({ 'If-None-Match': '"a"' }, (req, res) =>
    res.set('ETag', '"a"').send('x'),
  ),
  'send an ETag that does not match': asked({ 'If-None-Match': '"b"' }, (req, res) =>
    res.set('ETag', '"a"').send('x'),
  ),
  'send Last-Modified that matches': asked(
    { 'If-Modified-Since': 'Mon, 01 Jan 2024 00:00:00 GMT' },
    (req, res) => res.set('Last-Modified', 'Mon, 01 Jan 2024 00:00:00 GMT').send('x'),
  ),
  'send has no ETag of its own': (req, res) => res.send('x'.repeat(2000)),
  'write and end': (req, res) => {
    res.write('a');
    res.write('b');
    res.end('c');
  },
  'write with a length': (req, res) => {
    res.setHeader('Content-Length', '2');
    res.write('a');
    res.end('b');
  },
  writeHead: (req, res) => res.writeHead(201, 'Made', { 'X-A': '1' }).end('x'),
  'writeHead with an array': (req, res) => res.writeHead(200, ['X-A', '1', 'X-B', '2']).end('x'),
  'a status message': (req, res) => {
    res.statusMessage = 'Fine';
    res.end();
  },
  'setHeader of node': (req, res) =>
    res.setHeader('X-A', ['1', '2']).end(String(res.getHeader('x-a'))),
  trailers: (req, res) => {
    res.setHeader('Trailer', 'X-T');
    res.write('a');
    res.addTrailers({ 'X-T': '1' });
    res.end();
  },
  'send assigned over': (req, res) => {
    const send = res.send;
    res.send = (body) => send.call(res, `${body}!`);
    res.send('x');
  },
  'json calls an assigned send': (req, res) => {
    const send = res.send;
    res.send = (body) => send.call(res, `${body} `);
    res.json({ a: 1 });
  },
  'end assigned over': (req, res) => {
    const end = res.end;
    res.end = (...args) => {
      res.setHeader('X-End', '1');
      return end.apply(res, args);
    };
    res.send('x');
  },
  'writeHead assigned over': (req, res) => {
    const writeHead = res.writeHead;
    res.writeHead = (...args) => {
      res.setHeader('X-Head', '1');
      return writeHead.apply(res, args);
    };
    res.send('x');
  },
  'a pipe into the response': (req, res) =>
    require('node:stream').Readable.from(['a', 'b']).pipe(res),
  flushHeaders: (req, res) => {
    res.flushHeaders();
    res.end('x');
  },
  'a long text': (req, res) => res.send('ö'.repeat(100_000)),
};

const json = {
  'json of an object': (req, res) => res.json({ a: [1, null, 'ü'] }),
  'json of null': (req, res) => res.json(null),
  'json of undefined': (req, res) => res.json(undefined),
  'json of a string': (req, res) => res.json('x'),
  'json of a number': (req, res) => res.json(5),
  'json of true': (req, res) => res.json(true),
  'json of a function': (req, res) => res.json(() => 1),
  'json of a bigint': (req, res) => caught(res, () => res.json(5n)),
  'json keeps a type': (req, res) => res.type('application/vnd.api+json').json({}),
  'json keeps a type with charset': (req, res) =>
    res.set('Content-Type', 'application/json; charset=utf-16').json({}),
  'json does not escape': (req, res) => res.json({ a: '<script>\u2028' }),
  'json with a status': (req, res) => res.status(400).json({ error: 1 }),
  'json returns the response': (req, res) => console.log(res.json({}) === res),
  'jsonp without a callback': (req, res) => res.jsonp({ a: 1 }),
  jsonp: at('/?callback=cb', (req, res) => res.jsonp({ a: '\u2028\u2029' })),
  'jsonp filters the name': at('/?callback=a.b%5B0%5D(%3Balert', (req, res) => res.jsonp({ a: 1 })),
  'jsonp with two callbacks': at('/?callback=a&callback=b', (req, res) => res.jsonp({ a: 1 })),
  'jsonp with an empty callback': at('/?callback=', (req, res) => res.jsonp({ a: 1 })),
  'jsonp of undefined': at('/?callback=cb', (req, res) => res.jsonp(undefined)),
  'jsonp of null': at('/?callback=cb', (req, res) => res.jsonp(null)),
  'jsonp keeps a type': (req, res) => res.type('text/x').jsonp({ a: 1 }),
};

const status = {
  'status is chainable': (req, res) => console.log(res.status(201).end() === res),
  'status 999': (req, res) => res.status(999).send('x'),
  'status of a string': (req, res) => caught(res, () => res.status('200')),
  'status of a fraction': (req, res) => caught(res, () => res.status(200.5)),
  'status of undefined': (req, res) => caught(res, () => res.status(undefined)),
  'status of null': (req, res) => caught(res, () => res.status(null)),
  'status of an object': (req, res) => caught(res, () => res.status({ a: 1 })),
  'status 99': (req, res) => caught(res, () => res.status(99)),
  'status 1000': (req, res) => caught(res, () => res.status(1000)),
  'status -1': (req, res) => caught(res, () => res.status(-1)),
  'sendStatus 200': (req, res) => res.sendStatus(200),
  'sendStatus 201': (req, res) => res.sendStatus(201),
  'sendStatus 204': (req, res) => res.sendStatus(204),
  'sendStatus 304': (req, res) => res.sendStatus(304),
  'sendStatus 404': (req, res) => res.sendStatus(404),
  'sendStatus 418': (req, res) => res.sendStatus(418),
  'sendStatus 599': (req, res) => res.sendStatus(599),
  'sendStatus of a string': (req, res) => caught(res, () => res.sendStatus('200')),
  'sendStatus 1000': (req, res) => caught(res, () => res.sendStatus(1000)),
  'statusCode assigned': (req, res) => {
    res.statusCode = 202;
    res.send('x');
  },
};

const fields = {
  'set and get': (req, res) => res.set('X-A', '1').send([res.get('x-a'), typeof res.get('none')]),
  'header is set': (req, res) => res.header('X-A', '1').end(),
  'set an object': (req, res) => res.set({ 'X-A': '1', 'X-B': 2, 'X-C': ['a', 'b'] }).end(),
  'set a number': (req, res) => res.set('X-A', 5).send(typeof res.get('X-A')),
  'set a list': (req, res) => res.set('X-A', ['1', 2]).send([res.get('X-A')]),
  'set undefined': (req, res) => caught(res, () => res.set('X-A', undefined)),
  'set null': (req, res) => caught(res, () => res.set('X-A', null)),
  'set true': (req, res) => res.set('X-A', true).end(),
  'set an invalid name': (req, res) => caught(res, () => res.set('a b', '1')),
  'set an invalid value': (req, res) => caught(res, () => res.set('X-A', 'a\nb')),
  'set a value outside latin1': (req, res) => caught(res, () => res.set('X-A', '€')),
  'set adds a charset to text': (req, res) => res.set('Content-Type', 'text/css').end(),
  'set adds a charset to JSON': (req, res) => res.set('Content-Type', 'application/json').end(),
  'set adds a charset to script': (req, res) => res.set('content-type', 'text/javascript').end(),
  'set adds no charset to images': (req, res) => res.set('Content-Type', 'image/png').end(),
  'set keeps a charset': (req, res) => res.set('Content-Type', 'text/css; charset=latin1').end(),
  'set a type list': (req, res) => caught(res, () => res.set('Content-Type', ['text/html'])),
  'set a short type': (req, res) => res.set('Content-Type', 'html').end(),
  'setHeader adds no charset': (req, res) => {
    res.setHeader('Content-Type', 'text/css');
    res.end();
  },
  append: (req, res) => res.append('X-A', '1').append('X-A', '2').append('X-A', ['3', '4']).end(),
  'append to nothing': (req, res) => res.append('X-A', '1').end(),
  'append a cookie': (req, res) => res.cookie('a', '1').append('Set-Cookie', 'b=2').end(),
  vary: (req, res) => res.vary('Accept').vary('accept').vary(['Origin', 'User-Agent']).end(),
  'vary star': (req, res) => res.vary('Accept').vary('*').end(),
  'vary after star': (req, res) => res.set('Vary', '*').vary('Accept').end(),
  'vary without a field': (req, res) => caught(res, () => res.vary()),
  'vary an empty list': (req, res) => caught(res, () => res.vary([])),
  'vary a list in a string': (req, res) => res.vary('Accept, Origin').end(),
  'vary an invalid name': (req, res) => caught(res, () => res.vary('a b')),
  links: (req, res) => res.links({ next: '/2', last: '/5' }).links({ prev: '/0' }).end(),
  'links with lists': (req, res) => res.links({ next: ['/1', '/2'] }).end(),
  removeHeader: (req, res) => {
    res.set('X-A', '1').removeHeader('x-a');
    res.send([typeof res.get('X-A')]);
  },
  'type by extension': (req, res) => res.type('png').end(),
  'type by dotted extension': (req, res) => res.type('.html').end(),
  'type by file name': (req, res) => res.type('a.svg').end(),
  'type json': (req, res) => res.type('json').end(),
  'type js': (req, res) => res.type('js').end(),
  'type txt': (req, res) => res.contentType('txt').end(),
  'type text': (req, res) => res.type('text').end(),
  'type csv': (req, res) => res.type('csv').end(),
  'type pdf': (req, res) => res.type('pdf').end(),
  'type webp': (req, res) => res.type('webp').end(),
  'type mp4': (req, res) => res.type('mp4').end(),
  'type wasm': (req, res) => res.type('wasm').end(),
  'type zip': (req, res) => res.type('zip').end(),
  'type ico': (req, res) => res.type('ico').end(),
  'type woff2': (req, res) => res.type('woff2').end(),
  'type in full': (req, res) => res.type('text/x-y').end(),
  'type in full with parameters': (req, res) => res.type('text/x-y; a=b').end(),
  'type unknown': (req, res) => res.type('nothing-known').end(),
  'type bin': (req, res) => res.type('bin').send('x'),
  'app methods of the response': (req, res) => res.send([typeof res.app.get, res.headersSent]),
};

const cookies = {
  cookie: (req, res) => res.cookie('a', 'b c;ä').end(),
  'cookie of an object': (req, res) => res.cookie('a', { b: 1 }).end(),
  'cookie of a number': (req, res) => res.cookie('a', 5).end(),
  'cookie twice': (req, res) => res.cookie('a', '1').cookie('b', '2').end(),
  'cookie with options': (req, res) =>
    res
      .cookie('a', '1', {
        domain: 'example.com',
        path: '/x',
        httpOnly: true,
        secure: true,
        sameSite: true,
        partitioned: true,
        priority: 'high',
      })
      .end(),
  'cookie sameSite lax': (req, res) => res.cookie('a', '1', { sameSite: 'lax' }).end(),
  'cookie sameSite none': (req, res) => res.cookie('a', '1', { sameSite: 'None' }).end(),
  'cookie sameSite false': (req, res) => res.cookie('a', '1', { sameSite: false }).end(),
  'cookie sameSite unknown': (req, res) =>
    caught(res, () => res.cookie('a', '1', { sameSite: 'x' })),
  'cookie priority unknown': (req, res) =>
    caught(res, () => res.cookie('a', '1', { priority: 'x' })),
  'cookie maxAge': (req, res) => res.cookie('a', '1', { maxAge: 86_400_000 }).end(),
  'cookie maxAge zero': (req, res) => res.cookie('a', '1', { maxAge: 0 }).end(),
  'cookie maxAge of a fraction': (req, res) => res.cookie('a', '1', { maxAge: 90_500 }).end(),
  'cookie maxAge null': (req, res) => res.cookie('a', '1', { maxAge: null }).end(),
  'cookie maxAge of a text': (req, res) => caught(res, () => res.cookie('a', '1', { maxAge: 'x' })),
  'cookie expires': (req, res) => res.cookie('a', '1', { expires: new Date(0) }).end(),
  'cookie expires invalid': (req, res) => caught(res, () => res.cookie('a', '1', { expires: 'x' })),
  'cookie encode': (req, res) => res.cookie('a', 'b', { encode: (text) => `${text}!` }).end(),
  'cookie path false': (req, res) => res.cookie('a', 'b', { path: null }).end(),
  'cookie invalid name': (req, res) => caught(res, () => res.cookie('a b', '1')),
  'cookie invalid domain': (req, res) => caught(res, () => res.cookie('a', '1', { domain: 'a;b' })),
  'cookie invalid path': (req, res) => caught(res, () => res.cookie('a', '1', { path: ';' })),
  'cookie signed without a secret': (req, res) =>
    caught(res, () => res.cookie('a', '1', { signed: true })),
  'cookie leaves its options': (req, res) => {
    const options = { maxAge: 1000 };
    res.cookie('a', '1', options).send(Object.keys(options));
  },
  clearCookie: (req, res) => res.clearCookie('a').end(),
  'clearCookie with options': (req, res) =>
    res.clearCookie('a', { path: '/x', domain: 'example.com', maxAge: 5000 }).end(),
};

const places = {
  location: (req, res) => res.location('/a b?c=ä').end(),
  'location keeps escapes': (req, res) => res.location('/a%20b%zz').end(),
  'location back': (req, res) => res.location('back').end(),
  'location of a host': (req, res) => res.location('https://ex.com/\u20ac"<>').end(),
  'location of a URL object': (req, res) => res.location(new URL('http://a.b/c d')).end(),
  'location of a lone surrogate': (req, res) => res.location('/\ud800').end(),
  'location with a backslash': (req, res) => res.location('http://a\\@b/c').end(),
  redirect: (req, res) => res.redirect('/there'),
  'redirect with a status': (req, res) => res.redirect(301, '/there'),
  'redirect 307': (req, res) => res.redirect(307, '/there?a=<b>'),
  'redirect to html': asked({ Accept: 'text/html' }, (req, res) => res.redirect('/<a>&"')),
  'redirect to json': asked({ Accept: 'application/json' }, (req, res) => res.redirect('/a')),
  'redirect any': asked({ Accept: '*/*' }, (req, res) => res.redirect('/a')),
  'redirect HEAD': head((req, res) => res.redirect('/there')),
  'redirect back': asked({ Referer: '/r' }, (req, res) => res.redirect('back')),
  'redirect with its arguments swapped': (req, res) => caught(res, () => res.redirect('/a', 301)),
  'format by Accept': asked({ Accept: 'application/json' }, (req, res) =>
    res.format({ html: () => res.send('html'), json: () => res.send({ a: 1 }) }),
  ),
  'format first': (req, res) =>
    res.format({ 'text/plain': () => res.send('text'), html: () => res.send('html') }),
  'format default': asked({ Accept: 'image/png' }, (req, res) =>
    res.format({ html: () => res.send('html'), default: () => res.send('default') }),
  ),
  'format 406': asked({ Accept: 'image/png' }, (req, res) =>
    res.format({ html: () => res.send('html') }),
  ),
  'format hands on its arguments': (req, res) =>
    res.format({ text: (a, b, next) => res.send([a === req, b === res, typeof next]) }),
  attachment: (req, res) => res.attachment().send('x'),
  'attachment of a file': (req, res) => res.attachment('dir/a b.png').send('x'),
  'attachment of a unicode file': (req, res) => res.attachment('€ "rates".txt').send('x'),
  'attachment of a latin1 file': (req, res) => res.attachment('ä.txt').send('x'),
  'attachment of a token': (req, res) => res.attachment('plain').send('x'),
  'attachment with a percent': (req, res) => res.attachment('50%.txt').send('x'),
  render: (req, res) => caught(res, () => res.render('view')),
};

exports.cases = { ...sending, ...json, ...status, ...fields, ...cookies, ...places };
