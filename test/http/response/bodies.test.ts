import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, answersLikeExpress, GET } from './compared';

for (const [name, body] of Object.entries({
  string: 'hello',
  empty: '',
  unicode: 'grüße 漢字',
  long: 'é'.repeat(3000),
  html: '<b>',
  buffer: Buffer.from([0, 255, 1]),
  emptyBuffer: Buffer.alloc(0),
  bytes: new Uint8Array([1, 2]),
  null: null,
  undefined: undefined,
  true: true,
  false: false,
  zero: 0,
  number: 1.5,
  object: { a: [1, 'é'] },
  array: [1, null],
  date: new Date(0),
})) {
  for (const status of [200, 201, 204, 205, 304, 404, 500, 999]) {
    answersLikeExpress(`send ${name} with ${status}`, (_, res) => res.status(status).send(body));
  }
  for (const type of [
    'text/plain',
    'text/html; charset=latin1; x="a b"',
    'IMAGE/PNG',
    'json',
    'application/json',
    'nonsense',
  ]) {
    // Express writes `Content-Type: false` here; the test below says what we do.
    const isFalseType = type === 'nonsense' && (body === null || body === undefined);
    if (!isFalseType)
      answersLikeExpress(
        `send ${name} as ${type}`,
        (_, res) => res.set('Content-Type', type).send(body),
        GET,
      );
    answersLikeExpress(`send ${name}, type ${type}`, (_, res) => res.type(type).send(body), GET);
  }
  answersLikeExpress(`json ${name}`, (_, res) => res.json(body));
  answersLikeExpress(`json ${name} with a field`, (_, res) => res.set('X-A', 'b').json(body), GET);
  answersLikeExpress(
    `jsonp ${name}`,
    (_, res) => res.jsonp(body),
    GET,
    'GET /?callback=cb',
    'GET /?callback=a<b&callback=c',
    'GET /?callback=',
  );
}

for (const code of [100.5, '200', null, undefined, 99, 1000, 0, -1, Number.NaN, 10n, 299]) {
  answersLikeExpress(`status ${String(code)}`, (_, res) => res.status(code).end(), GET);
}
for (const code of [200, 204, 304, 404, 418, 425, 500, 599, 799])
  answersLikeExpress(`sendStatus ${code}`, (_, res) => res.sendStatus(code));
answersLikeExpress('transfer encoding set', (_, res) =>
  res.set('Transfer-Encoding', 'chunked').send('x'),
);
answersLikeExpress('send twice', (_, res) => {
  res.send('a');
  try {
    res.send('b');
  } catch {}
});
answersLikeExpress('a replaced end', (_, res) => {
  const { end } = res;
  res.end = function (...a: unknown[]) {
    res.setHeader('X-End', '1');
    return end.apply(this, a);
  };
  res.send('x');
});
answersLikeExpress('a replaced send', (_, res) => {
  const { send } = res;
  res.send = function (b: unknown) {
    res.set('X-Send', '1');
    return send.call(this, b);
  };
  res.json({ a: 1 });
});
answersLikeExpress('a replaced writeHead', (_, res) => {
  const { writeHead } = res;
  res.writeHead = function (...a: unknown[]) {
    res.setHeader('X-Head', String(res.getHeader('content-length')));
    return writeHead.apply(this, a);
  };
  res.send('x');
});
answersLikeExpress('locals', (_, res) => {
  res.locals.a = 1;
  res.json(res.locals);
});
for (const name of ['Content-Type', 'content-type']) {
  answersLikeExpress(`send with a type set by both its names, last ${name}`, (_, res) =>
    res.set('Content-Type', 'text/css').set(name, 'text/css').send('x'),
  );
  for (const type of ['text/plain', 'text/plain; charset=latin1']) {
    answersLikeExpress(`send as ${name} ${type}, set again and by node`, (_, res) =>
      res.set(name, type).set(name, 'text/css').setHeader(name, type).send('x'),
    );
    answersLikeExpress(`send as ${name} ${type}, removed`, (_, res) => {
      res.set(name, type).removeHeader(name);
      res.send('x');
    });
  }
}
answersLikeExpress('read after send', (_, res) => {
  res.send('x');
  assert.equal(res.get('content-length'), '1');
});

test('an unparsable Content-Type is sent as it is and ends nothing', async () => {
  const answer = await answerOf((_, res) => {
    res.setHeader('Content-Type', 'nonsense');
    res.send('x');
  });
  assert.equal(answer.status, 'HTTP/1.1 200 OK');
  assert.ok(answer.fields.includes('Content-Type: nonsense'));
});

test('render says that there is no view engine', async () => {
  const { status } = await answerOf((_, res) => {
    assert.throws(() => res.render('x'), { code: 'NO_VIEW_ENGINE' });
    res.end();
  });
  assert.equal(status, 'HTTP/1.1 200 OK');
});

test('set with an unknown extension as Content-Type leaves an empty body without a type', async () => {
  const answer = await answerOf((_, res) => res.set('Content-Type', 'nonsense').send(null));
  assert.equal(answer.status, 'HTTP/1.1 200 OK');
  assert.deepEqual(answer.fields, ['Connection: close', 'Content-Length: 0']);
});
