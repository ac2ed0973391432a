import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { answersLikeExpress } from './compared';

const dir = mkdtempSync(join(tmpdir(), 'conditions-'));
after(() => rmSync(dir, { recursive: true }));
const file = join(dir, 'ten.txt');
writeFileSync(file, '0123456789');
const SECOND = 'Tue, 02 Jan 2024 03:04:05 GMT';
utimesSync(file, new Date(SECOND), new Date(SECOND));

const CONDITIONS = [
  'If-None-Match: "a"',
  'If-None-Match: W/"a", "b"',
  'If-None-Match: "z"',
  'If-None-Match: *',
  `If-Modified-Since: ${SECOND}`,
  'If-Modified-Since: Mon, 01 Jan 2024 03:04:05 GMT',
  'If-Modified-Since: never',
  `If-None-Match: "z"\nIf-Modified-Since: ${SECOND}`,
  'If-None-Match: "a"\nCache-Control: max-age=0, no-cache',
  'If-None-Match: "a"\nRange: bytes=0-3',
  'If-Match: "a"',
  'If-Match: "z", W/"a"',
  'If-Match: "z"',
  'If-Match: *',
  `If-Unmodified-Since: ${SECOND}`,
  'If-Unmodified-Since: Mon, 01 Jan 2024 03:04:05 GMT',
  'If-Unmodified-Since: never',
  'Range: bytes=0-3\nIf-Range: "a"',
  'Range: bytes=0-3\nIf-Range: W/"a"',
  'Range: bytes=0-3\nIf-Range: "z"',
  'Range: bytes=0-3\nIf-Range: never',
  'Range: ',
  'Range: BYTES=0-1',
  'Range: bytes = 0-1',
  'Range: bytes=-0',
];

// QUERY is as safe as GET; a node that does not know it refuses it before we see it.
for (const method of ['GET', 'HEAD', 'QUERY', 'POST', 'PUT', 'DELETE']) {
  for (const condition of CONDITIONS) {
    for (const status of [200, 201, 204, 304, 404]) {
      answersLikeExpress(
        `send of ${status} to ${method} with ${condition}`,
        (_, res) => res.status(status).set({ ETag: '"a"', 'Last-Modified': SECOND }).send('hello'),
        `${method} /\n${condition}`,
      );
    }
    answersLikeExpress(
      `send without validators to ${method} with ${condition}`,
      (_, res) => res.send('hello'),
      `${method} /\n${condition}`,
    );
    // To other methods Express sends 304 as well, for which D46 stands.
    if (!['GET', 'HEAD', 'QUERY'].includes(method)) continue;
    for (const status of [200, 404]) {
      answersLikeExpress(
        `sendFile of ${status} to ${method} with ${condition}`,
        (_, res) =>
          res
            .set('ETag', '"a"')
            .status(status)
            .sendFile(file, (error: any) => {
              if (error && !res.headersSent) res.status(error.status).end();
            }),
        `${method} /\n${condition}`,
      );
    }
  }
}
