import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { answersLikeExpress, GET } from './compared';

const dir = mkdtempSync(join(tmpdir(), 'error-members-'));
after(() => rmSync(dir, { recursive: true }));
const file = join(dir, 'ten.txt');
writeFileSync(file, '0123456789');
writeFileSync(join(dir, '.dot'), 'x');
const fleeting = join(dir, 'fleeting.txt');

/** Answers with what an application's error handler reads of an error; its text is ours. */
const tell = (res: any) => (error: any) => {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  const { status, statusCode, expose, types, headers } = error;
  res.status(200).json({ status, statusCode, expose, types, headers });
};

for (const handlers of [
  { text: () => {}, html: () => {} },
  { 'text/plain; q=0.1': () => {}, json: () => {}, '.png': () => {} },
  { nonsense: () => {}, 'text/html; charset=x': () => {} },
  {},
]) {
  answersLikeExpress(
    `the error of format for ${Object.keys(handlers)}`,
    (req, res) => {
      req.next = tell(res);
      res.format(handlers);
    },
    'GET /\nAccept: image/gif',
    'GET /\nAccept: a/b, c/d;q=0',
  );
}

answersLikeExpress(
  'the error of a range that the file does not have',
  (_, res) => res.sendFile(file, tell(res)),
  ...['20-', '-0', '10-12', '99-5,20-'].map((range) => `GET /\nRange: bytes=${range}`),
);
answersLikeExpress(
  'the error of a range that the named part of the file does not have',
  (_, res) => res.sendFile(file, { start: 2, end: 4 }, tell(res)),
  'GET /\nRange: bytes=3-',
);
answersLikeExpress(
  'the error of a condition that fails',
  (_, res) => res.sendFile(file, tell(res)),
  'GET /\nIf-Match: "a"',
);
for (const path of ['none', '../x', 'a\0b', 'ten.txt/', '.dot', `${'x'.repeat(300)}`]) {
  for (const dotfiles of ['ignore', 'deny']) {
    answersLikeExpress(
      `the error of sendFile for ${path.slice(0, 20)}, dotfiles ${dotfiles}`,
      (_, res) => res.sendFile(path, { root: dir, dotfiles }, tell(res)),
      GET,
    );
  }
}

answersLikeExpress(
  'the error of a file that is removed after it was found',
  (_, res) => {
    writeFileSync(fleeting, '0123456789');
    const { setHeader } = res;
    // Fields are set between the two.
    res.setHeader = (...field: [string, string]) => {
      res.setHeader = setHeader;
      rmSync(fleeting);
      return res.setHeader(...field);
    };
    res.sendFile(fleeting, tell(res));
  },
  GET,
);
