import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBody } from '../../../src/http/body/decode';
import { describeValue } from '../reference-body';
import { compare } from './compare';

const types = [
  ...[undefined, '', 'APPLICATION/JSON', 'application/json;a=b', 'application/json;', 'json'],
  ...['application/json; charset', 'application/json; charset=utf-8; charset=latin1'],
  ...['application/json ;charset=utf-16le', 'application/json; CHARSET=latin1', 'application/jso'],
  ...['application/json; x="; charset=latin1"', 'application/json; charset="utf\\-8"', 'text/*'],
  ...['application/cloudevents-batch+json', 'application/vnd.api+json', 'text/json', 'TEXT/PLAIN'],
  ...[
    'text/html',
    '*/*',
    'application/octet-stream',
    'multipart/form-data; boundary=x',
    'nonsense',
  ],
  ...['image/png; charset=nope', 'application/xml', 'a/b/c', 'text/plain, application/json'],
  ...['text/plain/', '/plain', 'a b/c', 'text/plain; charset=\xe4', ' text/plain', 'text / plain'],
];

for (const type of types) {
  test(`the content type ${type} is understood as by Functions Framework`, async () => {
    for (const body of ['{"a":1}', '', 'a=1', '[']) await compare(body, type);
  });
}

test('any other body is the Buffer itself', () => {
  const bytes = Buffer.from('{"a":1}');
  for (const type of [undefined, '', 'nonsense', 'image/png', 'text/html', 'multipart/mixed']) {
    assert.equal(decodeBody(bytes, type), bytes);
    assert.equal(describeValue(bytes).kind, 'Buffer');
  }
});
