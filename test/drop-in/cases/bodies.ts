import zlib from 'node:zlib';
import type { Case } from '../comparison';
import { type Group, requestCase } from './kinds';
import { post } from './post';
import { settings } from './settings';

const shown = (body: string | Buffer) => {
  const text = typeof body === 'string' ? body : `hex ${body.toString('hex')}`;
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
};
const cross = (types: (string | undefined)[], bodies: (string | Buffer)[]): Case[] =>
  types.flatMap((type) =>
    bodies.map((body) =>
      requestCase(`${type ?? 'no type'}: ${shown(body)}`, settings.http, post(type, body)),
    ),
  );

const json = [
  '{"a":1}',
  '[1,2]',
  ' \r\n\t{"a":1}',
  '',
  ' ',
  '5',
  'true',
  'null',
  '"text"',
  '{',
  '{"a":1}}',
  '{"a":1,"a":2}',
  'nonsense',
  '{"__proto__":{"x":1},"constructor":2}',
  '[{"__proto__":1}]',
  '\ufeff{"a":1}',
  '{"a":"ä€😀"}',
  Buffer.from('{"a":"\xff"}', 'latin1'),
  '{"big":123456789012345678901234567890,"e":1e400}',
  '{"a":"\\ud800"}',
];
const forms = [
  'a=1',
  'a=1&b=2',
  'a=1&a=2',
  'a=1&a=2&a=3',
  'a[b]=1',
  'a[b][c][d]=1',
  'a[]=1',
  'a[]=1&a[]=2',
  'a[0]=x&a[1]=y',
  'a[1]=x&a[0]=y',
  'a[5]=x&a[2]=y',
  'a[100]=x',
  'a[99]=x&a[1]=y',
  'a[-1]=x',
  'a[01]=x',
  'a=1&a[b]=2',
  'a[b]=1&a=2',
  'a[]=1&a[b]=2',
  'a[][b]=1&a[][b]=2',
  'a[][b]=1&a[][c]=2',
  'a[0][b]=1&a[1][b]=2',
  'a[b]=1&a[b]=2',
  'a[b][]=1&a[b][]=2',
  'a%5Bb%5D=1',
  'a%5b%5d=1',
  'a.b=1',
  'a',
  'a&b',
  'a=',
  '=a',
  '=',
  '&',
  '&&a=1&&',
  'a==b',
  'a=b=c',
  'a[b=1',
  'a]b=1',
  '[a]=1',
  '[]=1',
  '[0]=1&[1]=2',
  'a[b]c=1',
  'a[[b]]=1',
  'a[ ]=1',
  'a b=c d',
  'a+b=c+d',
  'a%20b=c%20d',
  'a=%zz',
  'a=%',
  'a=%E4',
  'a=%C3%A4',
  'ä=ö',
  'a;b=1;c',
  'a=1,2',
  '__proto__=1',
  '__proto__[x]=1',
  'a[__proto__]=1',
  'a[__proto__][x]=1',
  'constructor=1',
  'constructor[prototype][x]=1',
  'a[constructor]=1',
  'hasOwnProperty=1',
  'toString[a]=1',
  'a[hasOwnProperty]=1',
  'length=1&a[length]=2',
  'a[]=&a[]=1',
  'a[]',
  'a[b]',
  'a[0]=1&a=2',
  'a=2&a[0]=1',
  'a[]=1&a=2',
  'a[b]=1&a[]=2',
  'a[0]=1&a[b]=2',
  'utf8=%E2%9C%93&a=%C3%B8',
  'a=%26%2391%3B',
  `${'a'.repeat(300)}=1`,
  Array.from({ length: 1000 }, (_, i) => `p${i}=1`).join('&'),
  Array.from({ length: 1001 }, (_, i) => `p${i}=1`).join('&'),
  Array.from({ length: 101 }, () => 'a=1').join('&'),
  Array.from({ length: 99 }, () => 'a[]=1').join('&'),
  Array.from({ length: 120 }, () => 'a[]=1').join('&'),
  Array.from({ length: 120 }, (_, i) => `a[${i}]=1`).join('&'),
  `a${'[b]'.repeat(32)}=1`,
  `a${'[b]'.repeat(33)}=1`,
  `a${'[b]'.repeat(31)}=1`,
  `a${'[]'.repeat(5)}=1`,
];
const texts = ['text', '', 'ä€', '\ufeffbom', Buffer.from('\xff\xfe', 'latin1'), 'a\0b'];

const charsets = ['utf-8', 'UTF-8', '"utf-8"', 'utf-16', 'utf-16le', 'utf-16be', 'utf8', 'utf-32'];
const otherCharsets = ['iso-8859-1', 'latin1', 'us-ascii', 'windows-1252', 'shift_jis', 'nope', ''];
const withCharset = (type: string, list: string[], body: string | Buffer): Case[] =>
  list.map((charset) =>
    requestCase(
      `${type} in ${charset}: ${shown(body)}`,
      settings.http,
      post(`${type}; charset=${charset}`, body),
    ),
  );

const utf16 = Buffer.from('{"a":"ä"}', 'utf16le');
const utf16be = Buffer.from(utf16).swap16();
const charsetCases = [
  ...withCharset('application/json', [...charsets, ...otherCharsets], '{"a":1}'),
  ...withCharset('application/json', ['utf-16', 'utf-16le'], utf16),
  ...withCharset('application/json', ['utf-16be'], utf16be),
  ...withCharset(
    'application/json',
    ['utf-16'],
    Buffer.concat([Buffer.from('fffe', 'hex'), utf16]),
  ),
  ...withCharset(
    'application/json',
    ['utf-16'],
    Buffer.concat([Buffer.from('feff', 'hex'), utf16be]),
  ),
  ...withCharset('text/plain', [...charsets, ...otherCharsets], 'ä'),
  ...withCharset('text/plain', ['iso-8859-1', 'windows-1252'], Buffer.from([0x80, 0xe4])),
  ...withCharset('text/plain', ['utf-16le'], utf16),
  ...withCharset('application/x-www-form-urlencoded', [...charsets, ...otherCharsets], 'a=%E4'),
  ...withCharset('application/x-www-form-urlencoded', ['iso-8859-1'], 'a=%E4%80&b=%C3%A4&%FC=1'),
  ...withCharset(
    'application/x-www-form-urlencoded',
    ['iso-8859-1'],
    Buffer.from('a=\xe4', 'latin1'),
  ),
  ...withCharset('image/png', ['nope'], 'x'),
];

const types = [
  undefined,
  '',
  'application/json',
  'APPLICATION/JSON',
  'application/json;a=b',
  'application/json;',
  'application/json; charset',
  'application/json; charset=utf-8; charset=latin1',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/vnd.api+json',
  'application/json-patch+json',
  'text/json',
  'text/plain',
  'TEXT/PLAIN',
  'text/html',
  'text/*',
  '*/*',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'multipart/form-data; boundary=x',
  'multipart/mixed',
  'image/png',
  'application/xml',
  'nonsense',
  'json',
  'a/b/c',
  'text/plain, application/json',
  'text/plain/',
  '/plain',
  'a b/c',
];

const encoded: [string, Buffer][] = [
  ['gzip', zlib.gzipSync('{"a":1}')],
  ['GZIP', zlib.gzipSync('{"a":1}')],
  ['x-gzip', zlib.gzipSync('{"a":1}')],
  ['deflate', zlib.deflateSync('{"a":1}')],
  ['deflate', zlib.deflateRawSync('{"a":1}')],
  ['br', zlib.brotliCompressSync('{"a":1}')],
  ['identity', Buffer.from('{"a":1}')],
  ['Identity', Buffer.from('{"a":1}')],
  ['', Buffer.from('{"a":1}')],
  ['zstd', Buffer.from('{"a":1}')],
  ['compress', Buffer.from('{"a":1}')],
  ['gzip, br', Buffer.from('{"a":1}')],
  ['gzip', Buffer.from('{"a":1}')],
  ['gzip', zlib.gzipSync('{"a":1}').subarray(0, 15)],
  ['gzip', Buffer.concat([zlib.gzipSync('{"a":1}'), Buffer.from('trailing')])],
  ['gzip', Buffer.concat([zlib.gzipSync('{"a"'), zlib.gzipSync(':1}')])],
  ['gzip', Buffer.alloc(0)],
  ['deflate', Buffer.from('{"a":1}')],
  ['br', Buffer.from('{"a":1}')],
  ['br', zlib.brotliCompressSync('{"a":1}'.repeat(9)).subarray(0, 9)],
  ['nope', Buffer.alloc(0)],
];
const encodedTypes = ['application/json', 'application/octet-stream'];
const encodingCases = encodedTypes.flatMap((type) =>
  encoded.map(([encoding, body], index) =>
    requestCase(
      `${type} encoded as ${encoding}, ${index}`,
      settings.http,
      post(type, body, { headers: { 'Content-Encoding': encoding } }),
    ),
  ),
);

export const bodyGroups: Group[] = [
  {
    name: 'bodies',
    cases: [
      ...cross(['application/json'], json),
      ...cross(['application/cloudevents+json'], ['{"a":1}', '[', '', '5']),
      ...cross(['text/plain'], texts),
      ...cross(['application/octet-stream'], ['x', '']),
      ...charsetCases,
      ...encodingCases,
    ],
  },
  { name: 'forms', cases: cross(['application/x-www-form-urlencoded'], forms) },
  { name: 'content types', cases: cross(types, ['{"a":1}', '']) },
];
