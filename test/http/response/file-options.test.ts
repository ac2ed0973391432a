import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { invoke } from '../../../src/testing';
import { answersLikeExpress, GET } from './compared';

const dir = mkdtempSync(join(tmpdir(), 'file-options-'));
after(() => rmSync(dir, { recursive: true }));
const file = join(dir, 'page.txt');
writeFileSync(file, '0123456789');
mkdirSync(join(dir, 'site'));
writeFileSync(join(dir, 'site', 'home.htm'), '<p>home</p>');
writeFileSync(join(dir, 'site', 'index.html'), '<p>index</p>');
const modified = new Date('2024-01-02T03:04:05Z');
for (const path of [file, join(dir, 'site', 'home.htm'), join(dir, 'site', 'index.html')]) {
  utimesSync(path, modified, modified);
}

/** Answers a failure itself: the wording of refusals is ours. */
const sendOutcome = (res: any) => (error: any) => {
  if (error && !res.headersSent)
    res.status(error.status ?? 500).end(String(error.code === 'EISDIR'));
};

const VALUES: [option: string, ...values: unknown[]][] = [
  [
    'extensions',
    42,
    true,
    [42],
    ['htm', 7],
    {},
    'txt',
    ['htm', 'txt'],
    [],
    '',
    null,
    false,
    undefined,
  ],
  ['index', 42, true, [42], {}, 'home.htm', ['none', 'home.htm'], [], '', null, false, undefined],
  ['dotfiles', null, '', 'all', 5, undefined, 'allow'],
  ['acceptRanges', null, 0, '', 1, 'no', undefined],
  ['cacheControl', null, 0, '', 1, 'no', undefined],
  ['lastModified', null, 0, '', 1, 'no', undefined],
  ['immutable', null, 0, '', 1, 'no', undefined],
  ['maxAge', '2 days', 7000.5, -5, Number.NaN, null, '', 'soon', true, [], {}, undefined],
  ['maxage', '2 days', 7000, null, true],
  ['start', 0, 3, 10, 11, null, '', false, Number.NaN, undefined],
  ['end', 0, 3, '4', 99, Number.POSITIVE_INFINITY, null, '', false, Number.NaN, 'x', {}, undefined],
  ['headers', null, {}, { 'X-A': ['b', 'c'] }, { 'X-A': 5 }, undefined],
  ['root', 5, {}, true, null, '', undefined],
];

for (const [option, ...values] of VALUES) {
  for (const value of values) {
    const options = { [option]: value };
    const shown = `${option}: ${JSON.stringify(value) ?? String(value)}`;
    answersLikeExpress(
      `sendFile with ${shown}`,
      (_, res) => res.sendFile(file, options, sendOutcome(res)),
      GET,
      'GET /\nRange: bytes=2-4',
    );
    if (option === 'extensions' || option === 'index') {
      for (const path of ['page', 'site/', 'site/home', 'site']) {
        answersLikeExpress(
          `sendFile of ${path} with ${shown}`,
          (_, res) => res.sendFile(path, { root: dir, ...options }, sendOutcome(res)),
          GET,
        );
      }
    }
  }
}

for (const options of [
  1,
  true,
  'text',
  Symbol('x'),
  5n,
  0,
  false,
  '',
  null,
  undefined,
  [],
  () => {},
]) {
  const shown = String(options);
  answersLikeExpress(
    `sendFile with ${shown} for options`,
    (_, res) => res.sendFile(file, options),
    GET,
  );
  answersLikeExpress(
    `download with ${shown} for a name`,
    (_, res) => res.download(file, options, sendOutcome(res)),
    GET,
  );
  answersLikeExpress(
    `download with ${shown} for options`,
    (_, res) => res.download(file, 'name.txt', options, sendOutcome(res)),
    GET,
  );
  answersLikeExpress(
    `download with ${shown} and no more`,
    (_, res) => res.download(file, options),
    GET,
  );
}

const inherited = Object.create({ maxAge: 9000, headers: { 'X-A': 'b' } });
answersLikeExpress(
  'sendFile with inherited options',
  (_, res) => res.sendFile(file, inherited),
  GET,
);
answersLikeExpress(
  'download with inherited options',
  (_, res) => res.download(file, inherited),
  GET,
);
answersLikeExpress(
  'download with options for a name, and more',
  (_, res) => res.download(file, { maxAge: 5000 }, { maxAge: 7000 }, sendOutcome(res)),
  GET,
);

// Express finds these out once the file is open, and throws where no function can catch it.
for (const options of [
  { maxAge: Symbol('x') },
  { start: -1 },
  { start: 'x' },
  { start: 1.5 },
  { end: Symbol('x') },
  { headers: { 'X A': 'b' } },
  { headers: { 'X-A': 'b\r\nX-B: c' } },
  { headers: { 'X-A': undefined } },
]) {
  const [option] = Object.keys(options);
  test(`sendFile throws to its caller for a bad ${option}`, async () => {
    let caught: unknown;
    const { status } = await invoke((_req: any, res: any) => {
      try {
        res.sendFile(file, options);
      } catch (error) {
        caught = error;
        res.status(418).end();
      }
    });
    assert.equal(status, 418);
    assert.ok(caught instanceof TypeError);
  });
}
