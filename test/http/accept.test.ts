import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  accepts,
  acceptsCharsets,
  acceptsEncodings,
  acceptsLanguages,
} from '../../src/http/headers/accept';
import { expressDependency } from './express-dependency';

type Negotiate = (
  field: string | undefined,
  offers: readonly string[],
) => string | string[] | false;

interface Case {
  name: string;
  field: string;
  ours: Negotiate;
  /** The method of the package `accepts`. */
  method: string;
  fields: string[];
  offers: string[];
}

const original = expressDependency('accepts');

const CASES: Case[] = [
  {
    name: 'media types',
    field: 'accept',
    ours: accepts,
    method: 'types',
    fields: [
      '*/*',
      'text/html',
      'Text/HTML, application/json;q=0.5',
      'text/*;q=0.3, text/html;q=0.7, text/html;level=1, */*;q=0.1',
      'text/html;level=1;q=0.4, text/html;q=0.9',
      'application/json;q=0, */*',
      'text/html;q=0.5, application/json;q=0.5',
      'text/html;q=0.5, text/html;q=0.9, text/html;q=0.9',
      'text/html;charset="UTF-8"',
      'text/html;charset=*',
      'text/html;q=nonsense, */*;q=0.1',
      'text/html;q=Infinity, text/plain;q=2, image/png;q=-1',
      'text/html;q=, image/png;q=".5"',
      'html, text, /, a/b/c',
      ', ,text/html,',
      'text/html;a=",";b, image/png',
    ],
    offers: [
      ...['json', 'html', 'text', 'png', 'text/html', 'text/html;level=1', 'text/html; level=2'],
      ...['TEXT/HTML', 'text/html;charset=utf-8;q=0.1', 'application/json', 'image/png'],
      ...['text/plain', '*/*', 'no-such-extension', '', '__proto__', 'a/b/c', '/', '.html'],
    ],
  },
  {
    name: 'content codings',
    field: 'accept-encoding',
    ours: acceptsEncodings,
    method: 'encodings',
    fields: [
      'gzip',
      'gzip, deflate, br',
      'GZip;q=0.2, identity;q=0.8',
      '*',
      '*;q=0',
      'identity;q=0',
      'identity;q=0, *',
      'gzip;q=0.5, deflate;q=0',
      'gzip;q=-1',
      'gzip;q=nonsense, br;q=0.1',
      'gzip;q=0.1, gzip;q=0.9',
    ],
    offers: ['gzip', 'GZIP', 'deflate', 'br', 'identity', 'compress', '*', ''],
  },
  {
    name: 'charsets',
    field: 'accept-charset',
    ours: acceptsCharsets,
    method: 'charsets',
    fields: [
      'utf-8',
      'UTF-8, iso-8859-1;q=0.8, utf-7;q=0.2',
      '*, utf-8;q=0',
      '*;q=0.1, utf-7',
      'utf-8;q=0',
      'utf-8 ;q=0.3 , utf-7; Q=0.4',
    ],
    offers: ['utf-8', 'UTF-8', 'utf-7', 'iso-8859-1', '*', ''],
  },
  {
    name: 'languages',
    field: 'accept-language',
    ours: acceptsLanguages,
    method: 'languages',
    fields: [
      'en',
      'en-US, en;q=0.8, de;q=0.5',
      'en-US',
      'de, *;q=0.1',
      '*;q=0',
      'en;q=0, en-GB',
      'EN-us;q=0.3, zh-Hant-TW',
      'en-GB;q=0.5, en-US;q=0.5',
    ],
    offers: [
      'en',
      'en-US',
      'EN-us',
      'en-GB',
      'de',
      'zh',
      'zh-Hant',
      'zh-Hant-TW',
      '*',
      '',
      'de;q=1',
    ],
  },
];

for (const { name, field, ours, method, fields, offers } of CASES) {
  const assertSame = (value: string | undefined, given: string[]): void => {
    const expected = original({ headers: { [field]: value } })[method](given);
    assert.deepEqual(ours(value, given), expected, JSON.stringify([value, given]));
  };

  test(`${name} are negotiated as accepts negotiates them`, () => {
    for (const value of [undefined, '', ...fields]) {
      assertSame(value, []);
      for (const one of offers) {
        assertSame(value, [one]);
        for (const other of offers) assertSame(value, [one, other]);
      }
    }
  });

  test(`${name} in any field are negotiated as accepts negotiates them`, () => {
    const piece = fc.constantFrom(
      ...[',', ',', ',', ';q=0.5', ';q=1', ';q=0', ';q=', ';Q=x', ';level=1', ';a="', '"', '\\'],
      ...[' ', '\t', '*', '/', '-', 'en', 'text/html', 'utf-8', 'gzip', 'identity', '\u00e9'],
      ...offers,
    );
    const value = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''));
    const given = fc.array(fc.constantFrom(...offers), { maxLength: 5 });
    fc.assert(fc.property(value, given, assertSame), { numRuns: 2000 });
  });

  test(`${name} are negotiated in linear time`, () => {
    const many = 200_000;
    const hostile = [
      ','.repeat(many),
      ' '.repeat(many),
      ';'.repeat(many),
      'a/b,'.repeat(many),
      `a/b${';"'.repeat(many)}`,
      `a/b${';x="'.repeat(many)}`,
      `a/b;x="${'\\"'.repeat(many)}`,
      `a/b${' '.repeat(many)}c`,
      `a${'-a'.repeat(many)}`,
    ];
    const start = process.cpuUsage();
    for (const value of hostile) {
      ours(value, []);
      ours(value, offers);
    }
    // What other processes take does not count.
    assert.ok(process.cpuUsage(start).user < 3_000_000);
  });
}
