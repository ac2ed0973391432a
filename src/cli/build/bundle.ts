import path from 'node:path';
import { BarefnError } from '../../core/errors';
import { type EntryPoint, entryText, wrapperOf } from './entry';
import { type BuildOptions, type Esbuild, failureOf, type Message } from './esbuild';
import { type Edit, HELPERS, META } from './module-text';
import { packageOf } from './packages';
import { type Findings, nodeModules, type PluginSettings, relativeTo } from './plugin';

/** What to bundle, and how. */
export interface BundleSettings extends Omit<PluginSettings, 'isAsync'> {
  readonly entry: Omit<EntryPoint, 'isAsync'>;
  /** Names of packages that are to stay outside. */
  readonly external: readonly string[];
}

/** The function and the framework in one file. */
export interface Bundle {
  readonly code: string;
  readonly map: string;
  /** All modules in it, absolute. */
  readonly inputs: readonly string[];
  readonly findings: Findings;
  /** Whether the function's module has top-level await. */
  readonly isAsync: boolean;
}

/** More than a build needs: each turn finds what the one before made visible. */
const MAX_TURNS = 12;
const UNSUPPORTED_AWAIT = /^Top-level await is currently not supported/;
const NOT_RESOLVED = /^Could not resolve (?:require\()?"([^"]+)"/;

/**
 * Bundles the function. What cannot be a part of one file shows only while esbuild reads the modules: it
 * bundles again until nothing new is found.
 *
 * @throws BarefnError `BUILD_FAILED` with esbuild's messages
 */
export async function bundle(esbuild: Esbuild, settings: BundleSettings): Promise<Bundle> {
  const findings: Findings = {
    outside: new Map(settings.external.map((name) => [name, '--external'])),
    missing: new Set(),
    imports: new Map(),
    edits: new Map(),
    beside: new Set(),
    unclear: new Set(),
    own: new Map(),
  };
  let isAsync = false;
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const known = countOf(findings);
    try {
      const { outputFiles, warnings, metafile } = await esbuild.build(
        optionsOf(settings, findings, isAsync),
      );
      const hasEdits = noteComputedCalls(warnings, settings, findings);
      if (hasEdits || countOf(findings) > known) continue;
      const [map, code] = outputFiles.map((file) => file.text) as [string, string];
      const inputs = Object.keys(metafile.inputs)
        .filter((name) => !/^[\w-]+:|^<|^barefn-entry/.test(name))
        .map((name) => path.resolve(name));
      return { code, map, inputs, findings, isAsync };
    } catch (error) {
      const { errors, warnings } = failureOf(error);
      const isNew = noteFailures(errors, findings) || (!isAsync && hasAwait(errors));
      isAsync ||= hasAwait(errors);
      noteComputedCalls(warnings, settings, findings);
      if (!isNew && countOf(findings) === known) throw describeFailure(errors);
    }
  }
  throw new BarefnError(
    'BUILD_FAILED',
    'esbuild finds new modules in every turn. This is a bug of barefn.',
  );
}

/** How much is known that changes the bundle. */
function countOf({ outside, imports }: Findings): number {
  return [...imports.values()].reduce((sum, { size }) => sum + size, outside.size);
}

function optionsOf(
  settings: BundleSettings,
  findings: Findings,
  isAsync: boolean,
): BuildOptions & { write: false; metafile: true } {
  const { banner, footer } = wrapperOf(isAsync);
  const entry = { ...settings.entry, isAsync };
  return {
    ...commonOptions(),
    stdin: {
      contents: entryText(entry, path.join(settings.dist, 'cli.js')),
      resolveDir: path.dirname(entry.file),
      sourcefile: 'barefn-entry.js',
    },
    format: isAsync ? 'esm' : 'cjs',
    outfile: path.join(settings.directory, 'bundle.js'),
    banner: { js: banner },
    footer: { js: footer },
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [nodeModules({ ...settings, isAsync }, findings)],
  };
}

/** How Node would resolve modules, and what every supported Node runs. */
export function commonOptions(): BuildOptions & { write: false; metafile: true } {
  const features = process.features as { require_module?: boolean };
  return {
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20.19',
    conditions: features.require_module ? ['module-sync'] : [],
    mainFields: ['main'],
    // For stack traces, and code that reads names of classes and functions.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    define: { 'import.meta': META },
    // A script cannot import: on Node 20 not with compiled code, on others with a warning.
    supported: { 'dynamic-import': false },
    logLevel: 'silent',
    logOverride: {
      'unsupported-require-call': 'warning',
      'unsupported-dynamic-import': 'warning',
      'indirect-require': 'warning',
      'require-resolve-not-external': 'warning',
    },
  };
}

/** Calls that have to find modules from where they were: their `require` and `import` become helpers. */
export function noteComputedCalls(
  warnings: readonly Message[],
  { directory, dist }: Pick<BundleSettings, 'directory' | 'dist'>,
  findings: Findings,
): boolean {
  const found = new Map<string, Edit[]>();
  for (const { id, location } of warnings) {
    if (location === null || location.namespace !== '') continue;
    const file = path.resolve(location.file);
    const name = JSON.stringify(relativeTo(directory, file));
    const token = tokenOf(id, location.lineText, location.column);
    if (token === undefined) continue;
    const text = `${HELPERS}.${token.word === 'import' ? 'load' : 'require'}(${name})`;
    const edit = { line: location.line, column: token.column, length: token.word.length, text };
    const edits = found.get(file) ?? [];
    if (edits.some(({ line, column }) => line === edit.line && column === edit.column)) continue;
    found.set(file, [...edits, edit]);
    if (packageOf(file) === undefined && path.dirname(file) !== dist) {
      findings.own.set(file, 'loads modules by names that it computes');
    }
  }
  for (const [file, edits] of found) {
    findings.edits.set(file, [...(findings.edits.get(file) ?? []), ...edits]);
  }
  return found.size > 0;
}

/** The word to replace: esbuild reports it, or the argument of `require.resolve()`. */
function tokenOf(
  id: string,
  line: string,
  column: number,
): { word: 'require' | 'import'; column: number } | undefined {
  if (id === 'unsupported-dynamic-import') return { word: 'import', column };
  if (id === 'unsupported-require-call' || id === 'indirect-require') {
    return { word: 'require', column };
  }
  if (id !== 'require-resolve-not-external') return undefined;
  const before = Buffer.from(line).subarray(0, column).toString('latin1');
  const start = before.lastIndexOf('require');
  return start === -1 ? undefined : { word: 'require', column: start };
}

function hasAwait(errors: readonly Message[]): boolean {
  return errors.some(({ text }) => UNSUPPORTED_AWAIT.test(text));
}

/** What is not installed is left outside, to fail where Node would fail, if it is loaded at all. */
function noteFailures(errors: readonly Message[], { missing }: Findings): boolean {
  const before = missing.size;
  for (const { text } of errors) {
    const name = NOT_RESOLVED.exec(text)?.[1];
    if (name !== undefined && !name.includes('*')) missing.add(name);
  }
  return missing.size > before;
}

function describeFailure(errors: readonly Message[]): BarefnError {
  const lines = errors.map(({ text, location }) => {
    if (location === null) return text;
    const found = packageOf(path.resolve(location.file));
    const advice =
      found === undefined ? '' : ` Leave the package outside with --external=${found.name}.`;
    return `${location.file}:${location.line}:${location.column + 1}: ${text}.${advice}`;
  });
  return new BarefnError(
    'BUILD_FAILED',
    `esbuild cannot bundle the function.\n${lines.join('\n')}`,
  );
}
