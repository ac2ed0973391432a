import { existsSync } from 'node:fs';

/** Where a Chromium is, if there is one. */
export const chromium = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => existsSync(file));

/** Why tests that need one are skipped; false where they run. */
export const skip: string | false =
  chromium === undefined && 'no Chromium: install one, or set CHROMIUM_PATH to where it is';
