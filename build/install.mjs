import { execFileSync } from 'node:child_process';
import { lstatSync, statSync } from 'node:fs';

/** Installs the development dependencies, unless they are what package-lock.json says. */
export function installDependencies() {
  // npm ci would empty the folder of another checkout.
  if (isLink('node_modules')) return;
  if (!isStale('node_modules/.package-lock.json', 'package-lock.json')) return;
  console.error('barefn: installing development dependencies…');
  execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
  });
}

function isLink(file) {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** Whether `output` is missing or older than `input`; npm writes its two lock files in a row. */
function isStale(output, input) {
  const made = statSync(output, { throwIfNoEntry: false });
  return made === undefined || made.mtimeMs + 10_000 < statSync(input).mtimeMs;
}
