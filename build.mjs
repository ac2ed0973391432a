// Builds dist/: one CommonJS file and one declaration file for each entry.
//   node build.mjs              installs what is missing, bundles, emits declarations
//   node build.mjs --no-types   the same without declarations (what `npm start` needs)
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
process.chdir(root);

const doors = ['index', 'testing', 'server', 'cloudevents', 'cli'];

if (isStale('node_modules/.package-lock.json', 'package-lock.json')) {
  console.error('barefn: installing development dependencies…');
  execFileSync('npm', ['ci', '--no-fund', '--no-audit'], { stdio: ['ignore', 2, 2] });
}

rmSync('dist', { recursive: true, force: true });
await bundleCode();
if (!process.argv.includes('--no-types')) await bundleDeclarations();

async function bundleCode() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: doors.map((door) => `src/${door}.ts`),
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  chmodSync('dist/cli.js', 0o755);
}

async function bundleDeclarations() {
  const { rollup } = await import('rollup');
  const { dts } = await import('rollup-plugin-dts');
  const bundle = await rollup({
    input: doors.filter((door) => door !== 'cli').map((door) => `src/${door}.ts`),
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [dts()],
  });
  await bundle.write({ dir: 'dist', format: 'es', chunkFileNames: 'types.d.ts' });
  await bundle.close();
}

/** True when `output` is missing or older than `input`. */
function isStale(output, input) {
  try {
    return statSync(output).mtimeMs < statSync(input).mtimeMs;
  } catch {
    return true;
  }
}
