// Writes the declarations in dist/, for TypeScript 5.0 and later. Called by build.mjs.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from '@typescript/typescript6';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

const ENTRY_POINTS = ['index', 'testing', 'server', 'cloudevents', 'google'];

/** Writes the declarations of the entry points, and one file of the types that they share. */
export async function writeDeclarations() {
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
    const exported = ENTRY_POINTS.includes(name) ? separateTypes(code, name) : exportInPlace(code);
    writeFileSync(`dist/${fileName}`, referToNode(passUnresolvedExpress(exported)));
  }
}

/** The types of Google's data are many: they have a file of their own. */
function chunkOf(id) {
  if (/\/src\/[^/]+$/.test(id)) return undefined;
  return id.includes('/google/types/') ? 'google-types' : 'types';
}

/** An entry point that names a class of another one exports the type, not the value. */
function separateTypes(code, entryPoint) {
  const require = createRequire(import.meta.url);
  const values = Object.keys(require(`../dist/${entryPoint}.js`));
  return mapStatements(code, (statement, text) => {
    if (!isExportList(statement)) return text;
    const [own, types] = [true, false].map((isValue) =>
      namesIn(statement).filter((name) => values.includes(name) === isValue),
    );
    const from = statement.moduleSpecifier ? ` from ${statement.moduleSpecifier.getText()}` : '';
    const lists = [
      own.length > 0 ? `export { ${own.join(', ')} }${from};` : '',
      types.length > 0 ? `export type { ${types.join(', ')} }${from};` : '',
    ];
    return lists.filter((list) => list !== '').join('\n');
  });
}

/** TypeScript before 5.4 names a type by its entry point only if it was exported where it is declared. */
function exportInPlace(code) {
  const names = new Set();
  const others = mapStatements(code, (statement, text) => {
    if (!isExportList(statement)) return text;
    for (const name of namesIn(statement)) names.add(name);
    return '';
  });
  const found = new Set();
  const text = mapStatements(others, (statement, text) => {
    const name = statement.name?.text;
    if (!names.has(name)) return text;
    found.add(name);
    return `export ${text}`;
  });
  const missing = [...names].filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`Not exported in place: ${missing.join(', ')}`);
  return `${text.trimEnd()}\n\nexport {};\n`;
}

/** Express's types are optional: where they are missing, compilers must let the import pass. */
function passUnresolvedExpress(code) {
  return mapStatements(code, (statement, text) => {
    if (!ts.isImportDeclaration(statement)) return text;
    // An import of no names only says that the module is needed.
    if (statement.importClause === undefined) return '';
    return statement.moduleSpecifier.text === 'express' ? `// @ts-ignore\n${text}` : text;
  });
}

/** Compilers from TypeScript 6 on load the types of Node only where something names them. */
function referToNode(code) {
  return /'node:|\bBuffer\b/.test(code) ? `/// <reference types="node" />\n${code}` : code;
}

/** Replaces the text of each statement; '' removes it, with the comments above it. */
function mapStatements(code, replace) {
  const file = ts.createSourceFile('declarations.d.ts', code, ts.ScriptTarget.Latest, true);
  const texts = file.statements.map((statement) => {
    const text = replace(statement, statement.getText());
    return text === '' ? '' : code.slice(statement.getFullStart(), statement.getStart()) + text;
  });
  return texts.join('').trimStart() + file.endOfFileToken.getFullText();
}

function isExportList(statement) {
  return ts.isExportDeclaration(statement) && statement.exportClause !== undefined;
}

function namesIn({ exportClause }) {
  return exportClause.elements.map((element) => element.getText());
}
