// The second half of build.mjs: the declarations in dist/, for TypeScript 5.0 and later.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const ENTRY_POINTS = ['index', 'testing', 'server', 'cloudevents', 'google'];

/** Writes the declarations of the entry points, and one file of the types that they share. */
export async function writeDeclarations() {
  const { rollup } = await import('rollup');
  const { dts } = await import('rollup-plugin-dts');
  const bundle = await rollup({
    input: Object.fromEntries(ENTRY_POINTS.map((name) => [name, `src/${name}.ts`])),
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    // Members that are not for programs are marked @internal.
    plugins: [dts({ compilerOptions: { stripInternal: true } })],
    // Declarations may name each other.
    onLog: (level, log, report) => log.code === 'CIRCULAR_CHUNK' || report(level, log),
  });
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: '[name].d.ts',
    manualChunks: chunkOf,
    chunkFileNames: '[name].d.ts',
    // Compilers that name a type of ours in declarations of a program take the name from here.
    minifyInternalExports: false,
  });
  await bundle.close();
  for (const { fileName, code } of output) {
    const name = path.basename(fileName, '.d.ts');
    const text = nodeReferred(passUnresolvedExpress(code));
    const exported = ENTRY_POINTS.includes(name) ? typesApart(name, text) : exportedInPlace(text);
    writeFileSync(`dist/${fileName}`, exported);
  }
}

/** The types of Google's data are many: they have a file of their own. */
function chunkOf(id) {
  if (/\/src\/[^/]+$/.test(id)) return undefined;
  return id.includes('/google/types/') ? 'google-types' : 'types';
}

/** An entry point that names a class of another one has the type, not the value. */
function typesApart(entryPoint, code) {
  const values = Object.keys(createRequire(import.meta.url)(`./dist/${entryPoint}.js`));
  return code.replace(/^export \{ (.*) \}(.*;)\n/gm, (_, list, from) => {
    const names = list.split(', ');
    const isValue = (name) => values.includes(name);
    return [
      ['export', names.filter(isValue)],
      ['export type', names.filter((name) => !isValue(name))],
    ]
      .filter(([, some]) => some.length > 0)
      .map(([word, some]) => `${word} { ${some.join(', ')} }${from}\n`)
      .join('');
  });
}

/** TypeScript before 5.4 names a type by its entry point only if it was exported where it is declared. */
function exportedInPlace(code) {
  const lists = /^export (?:type )?\{ (.*) \};\n/gm;
  const names = [...code.matchAll(lists)].flatMap(([, list]) => list.split(', '));
  const declared = new RegExp(
    `^(?=(?:declare class|declare function|interface|type) (?:${names.join('|')})\\b)`,
    'gm',
  );
  return `${code.replace(lists, '').replace(declared, 'export ').trimEnd()}\n\nexport {};\n`;
}

/** Express's types are optional: where they are missing, compilers must let the import pass. */
function passUnresolvedExpress(code) {
  return code
    .replace(/^import '.*';\n/gm, '')
    .replace(/^import .* from 'express';$/m, '// @ts-ignore\n$&');
}

/** Compilers from TypeScript 6 on load the types of Node only where something names them. */
function nodeReferred(code) {
  return /'node:|\bBuffer\b/.test(code) ? `/// <reference types="node" />\n${code}` : code;
}
