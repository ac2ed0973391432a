import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { MULTIPART, MULTIPART_TYPE, PARTS } from '../support/multipart';
import { send, serve } from '../support/wire';

type Any = any;
const load = (name: string): Any => require(name);

describe('uploads', () => {
  const withBusboy = (req: Any, feed: (busboy: Any) => void): Promise<Any> =>
    new Promise((resolve, reject) => {
      const found: Any = { length: 0 };
      const busboy = load('busboy')({ headers: req.headers });
      busboy.on('field', (name: string, value: string) => {
        found[name] = value;
      });
      busboy.on('file', (_: string, file: Any, info: Any) => {
        found.name = info.filename;
        file.on('data', (chunk: Buffer) => {
          found.length += chunk.length;
        });
      });
      busboy.on('close', () => resolve(found)).on('error', reject);
      feed(busboy);
    });
  const withMulter = (req: Any, res: Any): Promise<Any> => {
    const multer = load('multer');
    return new Promise((resolve, reject) => {
      multer({ storage: multer.memoryStorage() }).single('file')(req, res, (error: unknown) => {
        if (error) reject(error);
        else {
          const { originalname: name, size: length } = req.file;
          resolve({ title: req.body.title, name, length });
        }
      });
    });
  };
  const parsers: Record<string, (req: Any, res: Any) => Promise<Any>> = {
    'busboy by req.pipe': (req) => withBusboy(req, (busboy) => req.pipe(busboy)),
    'busboy by rawBody': (req) => withBusboy(req, (busboy) => busboy.end(req.rawBody)),
    multer: withMulter,
    'multer, later': async (req, res) => {
      await delay(20);
      return withMulter(req, res);
    },
    formidable: async (req) => {
      const { formidable } = await import('formidable' as string);
      const [fields, files] = await formidable().parse(req);
      const [file] = files.file;
      load('node:fs').unlinkSync(file.filepath);
      return { title: fields.title[0], name: file.originalFilename, length: file.size };
    },
  };
  for (const [name, parse] of Object.entries(parsers)) {
    test(`are parsed by ${name}`, async () => {
      const { url } = await serve(async (req: Any, res: Any) => res.json(await parse(req, res)));
      for (const framing of [{}, { chunk: 50_000 }]) {
        const { json } = await send(url, { headers: MULTIPART_TYPE, body: MULTIPART, ...framing });
        assert.deepEqual(json, PARTS);
      }
    });
  }
});
