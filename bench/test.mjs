// Runs the harness's own tests: `npm run test:bench [-- filter]`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installPackages } from './installation.mjs';

installPackages({ peers: true });
const folder = fileURLToPath(new URL('test/', import.meta.url));
const filter = process.argv[2] ?? '';
const files = readdirSync(folder).filter(
  (file) => file.endsWith('.test.mjs') && file.includes(filter),
);
// One file at a time: they time things.
const args = ['--test', '--test-concurrency=1', ...files.map((file) => folder + file)];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
