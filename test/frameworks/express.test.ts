import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import zlib from 'node:zlib';
import { MULTIPART, MULTIPART_TYPE, PARTS } from '../support/multipart';
import { send, serve, type Upload } from '../support/wire';

type Any = any;
const load = (name: string): Any => require(name);

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** The routes that each Express application of the tests has. */
function expressApp(express: Any): Any {
  const app = express();
  const echo = (req: Any, res: Any): void => {
    const body = Buffer.isBuffer(req.body) ? req.body.toString() : req.body;
    res.json({ body, path: req.path, query: req.query, id: typeof req.executionId });
  };
  const multer = load('multer');
  app.post('/json', express.json(), echo);
  app.post('/form', express.urlencoded({ extended: true }), echo);
  app.post('/text', express.text(), echo);
  app.post('/raw', express.raw({ type: '*/*' }), echo);
  app.post(
    '/upload',
    multer({ storage: multer.memoryStorage() }).single('file'),
    (req: Any, res: Any) =>
      res.json({ title: req.body.title, name: req.file.originalname, length: req.file.size }),
  );
  app.get('/signal', (req: Any, res: Any) => res.json({ aborted: req.signal.aborted }));
  app.get('/throw', () => {
    throw new Error('from express');
  });
  app.use((_req: Any, res: Any) => res.status(404).send('no route'));
  return app;
}

for (const name of ['express', 'express4']) {
  describe(`an application of ${name} with its own body parsers`, async () => {
    const { url } = await serve(expressApp(load(name)));
    const uploads: [string, Upload, unknown][] = [
      ['/json', { headers: JSON_TYPE, body: '{"a":[1]}' }, { a: [1] }],
      ['/form', { headers: FORM_TYPE, body: 'a[b]=1' }, { a: { b: '1' } }],
      ['/text', { headers: { 'content-type': 'text/plain' }, body: 'text' }, 'text'],
      ['/raw', { headers: { 'content-type': 'image/png' }, body: 'png' }, 'png'],
      [
        '/json',
        { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: zlib.gzipSync('{"z":1}') },
        { z: 1 },
      ],
      [
        '/raw',
        {
          headers: { 'content-type': 'image/png', 'content-encoding': 'gzip' },
          body: zlib.gzipSync('png'),
        },
        'png',
      ],
    ];
    for (const [path, upload, body] of uploads) {
      const encoding = upload.headers?.['content-encoding'] ?? 'identity';
      test(`parses ${path} (${encoding})`, async () => {
        for (const framing of [{}, { chunk: 2 }]) {
          const { status, json } = await send(`${url}${path}?q=1`, { ...upload, ...framing });
          assert.equal(status, 200);
          assert.deepEqual(json, { body, path, query: { q: '1' }, id: 'string' });
        }
      });
    }
    test('takes uploads, has a signal, answers its own errors and 404', async () => {
      const upload = { headers: MULTIPART_TYPE, body: MULTIPART };
      assert.deepEqual((await send(`${url}/upload`, upload)).json, PARTS);
      assert.deepEqual((await send(`${url}/signal`, { method: 'GET' })).json, { aborted: false });
      assert.equal((await send(`${url}/throw`, { method: 'GET' })).status, 500);
      const { status, text } = await send(`${url}/none`, { method: 'GET' });
      assert.deepEqual([status, text], [404, 'no route']);
    });
  });
}
