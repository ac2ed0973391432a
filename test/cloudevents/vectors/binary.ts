import {
  binary,
  bytes,
  type DecodeVector,
  data,
  event,
  field,
  json,
  jsonType,
  refused,
  typed,
  typeOnly,
} from './vector';

/** Values as they stand for themselves, in UTF-8. */
const rawUtf8 = (values: string[]) =>
  values.map((value) => {
    const subject = value
      .replaceAll('"', '')
      .replace(/\\(?=é)/, '')
      .replace('%20', ' ')
      .replace('%E2%82%AC', '€');
    return field('ce-subject', Buffer.from(value).toString('latin1'), { subject });
  });

// HTTP binding §3.1
export const binaryMode: DecodeVector[] = [
  binary('a JSON object', json, '{"a":1}', typed('application/json', data)),
  binary('nothing optional', { 'ce-time': undefined }, '', {
    specversion: '1.0',
    id: 'A1',
    source: '/s',
    type: 'com.example.t',
  }),
  binary('data without Content-Type', {}, bytes, event({ data: bytes })),
  binary('text', typeOnly('text/plain'), 'hello', typed('text/plain', 'hello')),
  binary('an emoji', typeOnly('text/plain; charset=utf-8'), '🌎!', {
    ...typed('text/plain; charset=utf-8', '🌎!'),
  }),
  binary('text in Latin-1', typeOnly('text/plain;charset=ISO-8859-1'), Buffer.from([0xe9]), {
    ...typed('text/plain;charset=ISO-8859-1', 'é'),
  }),
  binary('text in UTF-16', typeOnly('text/a; charset="utf-16le"'), Buffer.from('é', 'utf16le'), {
    ...typed('text/a; charset="utf-16le"', 'é'),
  }),
  binary('text in an unknown charset stays bytes', typeOnly('text/plain; charset=x'), bytes, {
    ...typed('text/plain; charset=x', bytes),
  }),
  binary('text that is not UTF-8 stays bytes', typeOnly('text/plain'), bytes, {
    ...typed('text/plain', bytes),
  }),
  binary('a type with a charset is text', typeOnly('application/xml; charset=utf-8'), '<a/>', {
    ...typed('application/xml; charset=utf-8', '<a/>'),
  }),
  binary('bytes', typeOnly('application/octet-stream'), bytes, {
    ...typed('application/octet-stream', bytes),
  }),
  ...['application/xml', 'Image/SVG+XML; x=y', 'text/xml'].map((type) =>
    binary(`XML as ${type}`, typeOnly(type), '<a b="c"/>', typed(type, '<a b="c"/>')),
  ),
  binary('XML that is not UTF-8 stays bytes', typeOnly('application/xml'), bytes, {
    ...typed('application/xml', bytes),
  }),
  binary('a tab before a parameter', typeOnly('application/json;\tcharset=utf-8'), '{"a":1}', {
    ...typed('application/json; charset=utf-8', data),
  }),
  binary(
    'text in a charset that is only read',
    typeOnly('text/a;charset=windows-1251'),
    Buffer.from([0xc0]),
    typed('text/a;charset=windows-1251', 'А'),
  ),
  ...[
    'APPLICATION/JSON',
    'application/json; CharSet=UTF-8',
    'application/json;charset=utf-8',
    'application/json ; charset = "utf-8"',
    'application/vnd.example+JSON',
    'text/json',
    'application/problem+json; x="a;b\\"c"',
  ].map((type) => binary(`JSON as ${type}`, typeOnly(type), '{"a":1}', typed(type, data))),
  binary('not JSON by its name', typeOnly('application/jsonp'), '{}', {
    ...typed('application/jsonp', Buffer.from('{}')),
  }),
  ...['"text"', 'true', 'false', 'null', '1.5', '0', '[1,2]', '""', '"{\\"a\\":1}"'].map((text) =>
    binary(`JSON ${text}`, json, text, typed('application/json', JSON.parse(text))),
  ),
  binary('JSON with a byte order mark', json, '\ufeff{"a":1}', typed('application/json', data)),
  binary(
    'JSON in UTF-16',
    typeOnly('application/json;charset=utf-16le'),
    Buffer.from('1', 'utf16le'),
    {
      ...typed('application/json;charset=utf-16le', 1),
    },
  ),
  binary('broken JSON', json, '{"a":', refused(/data .* not JSON/)),
  binary('JSON that is not UTF-8', json, Buffer.from('"\xe9"', 'latin1'), refused(/not UTF-8/)),
  binary('JSON in an unknown charset', typeOnly('application/json;charset=x'), '1', {
    status: 415,
    says: /charset "x"/,
  }),
  binary('a JSON type and no body', json, '', event(jsonType)),
  binary('a text type and no body', typeOnly('text/plain'), '', {
    ...event({ datacontenttype: 'text/plain' }),
  }),
  binary('a JSON member __proto__ is only a member', json, '{"__proto__":{"x":1}}', {
    ...typed('application/json', JSON.parse('{"__proto__":{"x":1}}')),
  }),
  field('ce-datacontenttype', 'text/plain', {}),
  binary('ce-datacontenttype alone', { 'ce-datacontenttype': 'text/plain' }, '', event({})),
  binary('no media type', typeOnly('nonsense'), 'x', refused(/datacontenttype.*"nonsense"/)),
  binary('an empty Content-Type', typeOnly(''), 'x', event({ data: Buffer.from('x') })),
  binary('a control character in a media type', typeOnly('text/plain; a="\\\x85"'), 'x', {
    ...refused(/datacontenttype/),
  }),
  binary('a broken parameter', typeOnly('text/plain; a'), 'x', refused(/datacontenttype/)),
];

// HTTP binding §3.1.3.2
export const headerValues: DecodeVector[] = [
  field('ce-subject', 'Euro%20%E2%82%AC%20%F0%9F%98%80', { subject: 'Euro € 😀' }),
  field('ce-subject', '%e2%82%ac', { subject: '€' }),
  field('ce-subject', '%41%42C', { subject: 'ABC' }),
  field('ce-subject', '%2541', { subject: '%41' }),
  field('ce-subject', '%C0%A0', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '%E2%82', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '%ED%A0%80', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '%FF', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '%F4%90%80%80', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '100%', { subject: '100%' }),
  field('ce-subject', '50%zz%20', { subject: '50%zz ' }),
  field('ce-subject', '"a b"', { subject: 'a b' }),
  field('ce-subject', '"a\\"b\\\\c"', { subject: 'a"b\\c' }),
  field('ce-subject', '"a%20b"', { subject: 'a b' }),
  field('ce-subject', '%22a%22', { subject: '"a"' }),
  field('ce-subject', 'say "hi" twice', { subject: 'say hi twice' }),
  field('ce-subject', '5" disk', { subject: '5" disk' }),
  field('ce-subject', 'C:\\dir', { subject: 'C:\\dir' }),
  field('ce-subject', 'a(b)c', { subject: 'a(b)c' }),
  field('ce-subject', "!#$&'()*+,-./:;<=>?@[\\]^_`{|}~", {
    subject: "!#$&'()*+,-./:;<=>?@[\\]^_`{|}~",
  }),
  field('ce-subject', '""', {}),
  field('ce-subject', 'a%0Ab', /subject.*control/),
  field('ce-subject', '%00', /subject.*control/),
  field('ce-subject', '%7F', /subject.*control/),
  field('ce-subject', '%C2%85', /subject.*control/),
  field('ce-subject', '%EF%B7%90', /subject.*noncharacters/),
  field('ce-subject', '%F0%9F%BF%BE', /subject.*noncharacters/),
  field('ce-subject', '%EF%BF%BD', { subject: '\ufffd' }),
  field('ce-subject', 'a\tb', /subject.*control/),
  // Several senders leave UTF-8 as it is; node gives its bytes as Latin-1.
  ...rawUtf8(['café', 'größer than', '日本語', '😀', 'é%20"日 本"', '"\\é"%E2%82%AC']),
  field('ce-subject', 'caf\xe9', /subject.*must be UTF-8/),
  field('ce-subject', '\xc3%A9', /subject.*must be UTF-8/),
  field('ce-subject', '\xed\xa0\x80', /subject.*must be UTF-8/),
  field('ce-subject', '\xc0\xa0', /subject.*must be UTF-8/),
  field('ce-subject', '\xc2\x85', /subject.*control/),
  field('ce-subject', '\xef\xbf\xbf', /subject.*noncharacters/),
  field('ce-source', '/caf\xc3\xa9', /source.*URI-reference/),
  field('ce-id', 'a%20b', { id: 'a b' }),
  field('ce-type', 'com.example.%C3%A9', { type: 'com.example.é' }),
  field('ce-source', '/my%2520dir', { source: '/my%20dir' }),
  field('ce-source', '/my%20dir', { source: '/my%20dir' }),
  field('ce-subject', '/my%20dir', { subject: '/my dir' }),
  field('ce-specversion', '%31.0', {}),
  field('ce-time', '"2020-01-02T03:04:05Z"', {}),
];
