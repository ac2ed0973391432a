const path = require('node:path');
const { caught } = require('./cases');

const root = path.join(__dirname, 'static');
const text = path.join(root, 'text.txt');
const asked = (headers, run = (req, res) => res.sendFile(text)) => ({ request: { headers }, run });
const reported = (res) => (error) => {
  if (!error) return console.log('no error');
  console.log(error.name, error.code, error.status, error.statusCode, error.expose);
  if (!res.headersSent) res.status(error.status ?? 500).send('reported');
};
/** Answers with the class of what a call throws. */
const refusing = (res, act) => {
  try {
    act();
  } catch (error) {
    res.send(error.name);
  }
};

exports.cases = {
  sendFile: (req, res) => res.sendFile(text),
  'sendFile HEAD': { request: { method: 'HEAD' }, run: (req, res) => res.sendFile(text) },
  'sendFile with a root': (req, res) => res.sendFile('text.txt', { root }),
  'sendFile below the root': (req, res) => res.sendFile('deep/page.html', { root }),
  'sendFile of an image': (req, res) => res.sendFile('pixel.png', { root }),
  'sendFile of an empty file': (req, res) => res.sendFile('empty.xml', { root }),
  'sendFile of an unknown type': (req, res) => res.sendFile('data.unknowntype', { root }),
  'sendFile without an extension': (req, res) => res.sendFile('noext', { root }),
  'sendFile of a hidden file named like a type': (req, res) =>
    res.sendFile('.json', { root, dotfiles: 'allow' }),
  'sendFile of a file named like a type': (req, res) => res.sendFile('html', { root }),
  'sendFile with a set type': (req, res) => res.type('xml').sendFile(text),
  'sendFile with a status': (req, res) => res.status(404).sendFile(text),
  'sendFile with spaces': (req, res) => res.sendFile('a b.txt', { root }),
  'sendFile with escapes': (req, res) => res.sendFile('a%20b.txt', { root }, reported(res)),
  'sendFile maxAge': (req, res) => res.sendFile(text, { maxAge: 5000 }),
  'sendFile maxAge as text': (req, res) => res.sendFile(text, { maxAge: '1d' }),
  'sendFile immutable': (req, res) => res.sendFile(text, { maxAge: '1h', immutable: true }),
  'sendFile cacheControl false': (req, res) => res.sendFile(text, { cacheControl: false }),
  'sendFile lastModified false': (req, res) => res.sendFile(text, { lastModified: false }),
  'sendFile acceptRanges false': (req, res) => res.sendFile(text, { acceptRanges: false }),
  'sendFile headers': (req, res) => res.sendFile(text, { headers: { 'X-A': '1' } }),
  'sendFile etag': (req, res) => res.sendFile(text, { etag: true }),
  'sendFile start and end': (req, res) => res.sendFile(text, { start: 2, end: 5 }),
  'sendFile keeps Cache-Control': (req, res) => res.set('Cache-Control', 'no-store').sendFile(text),
  'sendFile callback': (req, res) => res.sendFile(text, reported(res)),
  'sendFile callback with options': (req, res) => res.sendFile(text, {}, reported(res)),
  'sendFile missing': (req, res) => res.sendFile('none.txt', { root }),
  'sendFile missing with a callback': (req, res) =>
    res.sendFile('none.txt', { root }, reported(res)),
  'sendFile of a directory': (req, res) => res.sendFile('deep', { root }),
  'sendFile of a directory with a callback': (req, res) =>
    res.sendFile('deep', { root }, reported(res)),
  'sendFile of a path with a slash at the end': (req, res) =>
    res.sendFile('text.txt/', { root }, reported(res)),
  'sendFile traversal': (req, res) => res.sendFile('../index.js', { root }, reported(res)),
  'sendFile traversal without a callback': (req, res) => res.sendFile('../index.js', { root }),
  'sendFile traversal inside': (req, res) =>
    res.sendFile('deep/../text.txt', { root }, reported(res)),
  'sendFile with a null byte': (req, res) => res.sendFile('a\0b', { root }, reported(res)),
  'sendFile of a dotfile': (req, res) => res.sendFile('.hidden', { root }, reported(res)),
  'sendFile of a dotfile, allowed': (req, res) =>
    res.sendFile('.hidden', { root, dotfiles: 'allow' }, reported(res)),
  'sendFile of a dotfile, denied': (req, res) =>
    res.sendFile('.hidden', { root, dotfiles: 'deny' }, reported(res)),
  'sendFile relative without a root': (req, res) => caught(res, () => res.sendFile('text.txt')),
  'sendFile without a path': (req, res) => caught(res, () => res.sendFile()),
  'sendFile of a number': (req, res) => caught(res, () => res.sendFile(5)),
  download: (req, res) => res.download(text),
  'download under a name': (req, res) => res.download(text, 'ä €.txt'),
  'download with a root': (req, res) => res.download('pixel.png', { root }),
  'download with options': (req, res) => res.download(text, 'x.txt', { maxAge: 1000 }),
  'download with a callback': (req, res) => res.download(text, 'x.txt', reported(res)),
  'download with headers': (req, res) =>
    res.download(text, 'x.txt', { headers: { 'Content-Disposition': 'inline', 'X-A': '1' } }),
  'download missing': (req, res) => res.download('none.txt', 'x', { root }, reported(res)),
  'a range': asked({ Range: 'bytes=2-5' }),
  'a range to the end': asked({ Range: 'bytes=4-' }),
  'a range from the end': asked({ Range: 'bytes=-3' }),
  'a range past the end': asked({ Range: 'bytes=5-500' }),
  'a range of one byte': asked({ Range: 'bytes=0-0' }),
  'a range that does not fit': asked({ Range: 'bytes=100-200' }),
  'a range that is malformed': asked({ Range: 'bytes=x' }),
  'a range of another unit': asked({ Range: 'items=0-1' }),
  'two ranges': asked({ Range: 'bytes=0-1,4-5' }),
  'a range of HEAD': {
    request: { method: 'HEAD', headers: { Range: 'bytes=2-5' } },
    run: (req, res) => res.sendFile(text),
  },
  'a range of a POST': {
    request: { method: 'POST', headers: { Range: 'bytes=2-5' }, body: '' },
    run: (req, res) => res.sendFile(text),
  },
  'If-Range that matches': asked({
    Range: 'bytes=2-5',
    'If-Range': new Date(1_600_000_000_000).toUTCString(),
  }),
  'If-Range that is older': asked({
    Range: 'bytes=2-5',
    'If-Range': new Date(1_500_000_000_000).toUTCString(),
  }),
  'If-Range of an ETag': asked({ Range: 'bytes=2-5', 'If-Range': '"a"' }, (req, res) =>
    res.set('ETag', '"a"').sendFile(text),
  ),
  'If-Modified-Since that matches': asked({
    'If-Modified-Since': new Date(1_600_000_000_000).toUTCString(),
  }),
  'If-Modified-Since that is older': asked({
    'If-Modified-Since': new Date(1_500_000_000_000).toUTCString(),
  }),
  'If-Unmodified-Since that fails': asked({
    'If-Unmodified-Since': new Date(1_500_000_000_000).toUTCString(),
  }),
  'If-Match that fails': asked({ 'If-Match': '"b"' }, (req, res) =>
    res.set('ETag', '"a"').sendFile(text),
  ),
  'If-Match that matches': asked({ 'If-Match': '"a"' }, (req, res) =>
    res.set('ETag', '"a"').sendFile(text),
  ),
  'If-None-Match that matches': asked({ 'If-None-Match': '"a"' }, (req, res) =>
    res.set('ETag', '"a"').sendFile(text),
  ),
  'a POST with If-None-Match that matches': {
    request: { method: 'POST', headers: { 'If-None-Match': '*' }, body: '' },
    run: (req, res) => res.sendFile(text),
  },
  'a POST with If-Modified-Since that matches': {
    request: {
      method: 'POST',
      headers: { 'If-Modified-Since': new Date(1_600_000_000_000).toUTCString() },
      body: '',
    },
    run: (req, res) => res.sendFile(text),
  },
  'sendFile with extensions that are no text': (req, res) =>
    refusing(res, () => res.sendFile(text, { extensions: 42 })),
  'sendFile with an index that is no text': (req, res) =>
    refusing(res, () => res.sendFile(text, { index: true })),
};
