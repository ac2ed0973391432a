import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { charsetOf, lookUpType } from '../../src/http/express4/members/media-types';

// The table of Express 4 itself.
const googles = createRequire(require.resolve('functions-framework-3'));
const mime = googles('mime') as {
  types: Record<string, string>;
  lookup(path: string): string;
  charsets: { lookup(type: string, fallback: undefined): string | undefined };
};

test('every extension has the type and the charset that it has in Express 4', () => {
  const extensions = Object.keys(mime.types);
  assert.ok(extensions.length > 900);
  for (const extension of extensions) {
    const type = lookUpType(extension);
    assert.equal(type, mime.types[extension], extension);
    assert.equal(charsetOf(type), mime.charsets.lookup(type, undefined), extension);
  }
});

for (const path of ['a.b.JS', '/a.b/html', 'noext', '.json', 'constructor', 'a.', '', 'a\\b.css']) {
  test(`the type of "${path}" is that of Express 4`, () => {
    assert.equal(lookUpType(path), mime.lookup(path));
  });
}
