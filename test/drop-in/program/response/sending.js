const { caught, head, asked } = require('../cases');

module.exports = {
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
  'send a view of wider numbers': (req, res) => {
    try {
      res.send(new Uint16Array([1]));
    } catch (error) {
      res.send(error.name);
    }
  },
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
