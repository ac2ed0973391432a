import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { mediaTypeOf } from '../../src/http/files/mime-types';
import { contentTypeOf } from '../../src/http/response/send';
import { answersLikeExpress, GET } from './response/compared';

interface MimeTypes {
  readonly types: Readonly<Record<string, string>>;
  lookup(name: string): string | false;
  contentType(name: string): string | false;
}

// The copy that Express asks.
const { types, lookup, contentType } = createRequire(require.resolve('express'))(
  'mime-types',
) as MimeTypes;
const extensions = Object.keys(types);
const mediaTypes = Object.keys(require('mime-db') as object);

test('every extension has the media type that Express gives it', () => {
  assert.ok(extensions.length > 1200, 'mime-db is there');
  const ours = extensions.map((extension) => [extension, mediaTypeOf(extension)]);
  const theirs = extensions.map((extension) => [extension, lookup(extension)]);
  assert.deepEqual(ours, theirs);
});

test('the extension is found in names, paths and capitals; what is unknown has no media type', () => {
  for (const name of [
    ...['.PDF', 'a.b/file.OBJ', 'dxf', 'page.html.djvu', 'a/manifest', '.hidden', 'nonsense', ''],
    ...['constructor', '__proto__', 'html ', 'a.', '/', 'x-', 'application', '3gpp.pic-bw-large'],
  ]) {
    assert.equal(mediaTypeOf(name), lookup(name) || undefined, name);
  }
});

test('every extension and every media type has the charset that Express gives it', () => {
  const names = [...extensions, ...mediaTypes, ...mediaTypes.map((type) => type.toUpperCase())];
  const ours = names.map((name) => [name, contentTypeOf(name)]);
  const theirs = names.map((name) => [name, contentType(name)]);
  assert.deepEqual(ours, theirs);
});

const SOME = [
  ...['manifest', 'obj', 'dxf', 'msg', 'amr', 'djvu', 'hjson', 'wbxml', 'jsonld', 'nonsense'],
  ...['application/fhir+json', 'application/problem+json', 'application/news-groupinfo; a=b'],
];
for (const type of SOME) {
  answersLikeExpress(`type ${type}`, (_, res) => res.type(type).end('x'), GET);
  // Express sets it to the text "false".
  if (type !== 'nonsense') {
    answersLikeExpress(`set ${type}`, (_, res) => res.set('Content-Type', type).end('x'), GET);
  }
  answersLikeExpress(`attachment ${type}`, (_, res) => res.attachment(`a.${type}`).end('x'), GET);
}
answersLikeExpress(
  'format by a rare extension',
  (_, res) => res.format({ obj: () => res.end('obj'), djvu: () => res.end('djvu') }),
  'GET /\nAccept: image/vnd.djvu',
);
answersLikeExpress(
  'is of a rare extension',
  (req, res) => res.json([req.is('hjson'), req.accepts('amr', 'djvu')]),
  'POST /\nContent-Type: application/hjson\nContent-Length: 0\nAccept: audio/amr',
);
