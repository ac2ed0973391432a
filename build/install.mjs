import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';

const PROGRESS_MS = 5000;

/** Installs the development dependencies, unless they are what package-lock.json says. */
export async function installDependencies() {
  // npm ci would empty the folder of another checkout.
  if (isLink('node_modules')) return;
  if (!isStale('node_modules/.package-lock.json', 'package-lock.json')) return;
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const folders = Object.keys(packages).filter((folder) => folder && isForHere(packages[folder]));
  console.error(`barefn: installing ${folders.length} packages for development, once…`);
  const started = performance.now();
  const progress = setInterval(() => {
    const count = folders.filter((folder) => existsSync(`${folder}/package.json`)).length;
    const seconds = Math.round((performance.now() - started) / 1000);
    console.error(`barefn: ${count} of ${folders.length} packages after ${seconds} s`);
  }, PROGRESS_MS);
  const npm = spawn('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  const [code] = await once(npm, 'exit');
  clearInterval(progress);
  if (code !== 0) {
    console.error('barefn: npm ci failed. Mend what it says above, then run this again.');
    process.exit(1);
  }
}

/** npm leaves out packages for other systems. */
function isForHere({ os, cpu, libc }) {
  const isMusl = existsSync('/etc/alpine-release');
  const fits = (list, name) => list === undefined || list.includes(name);
  return (
    fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, isMusl ? 'musl' : 'glibc')
  );
}

function isLink(file) {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** Whether `output` is missing or older than `input`; npm writes its two lock files in a row. */
function isStale(output, input) {
  const made = statSync(output, { throwIfNoEntry: false });
  return made === undefined || made.mtimeMs + 10_000 < statSync(input).mtimeMs;
}
