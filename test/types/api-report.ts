import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from '@typescript/typescript6';
import { root } from '../support/packed';

/** The report that is checked in. `npm run api` writes it again. */
export const reportFile = path.join(__dirname, 'api.txt');

const entryPoints = ['index', 'testing', 'server', 'cloudevents', 'google'];

/**
 * The public surface of what was built last: the names of each entry point, then every declaration that
 * they reach, without comments, private members and the order in which the bundler left them.
 */
export function makeReport(): string {
  const declarations = new Map<string, string>();
  const lines: string[] = [];
  for (const entryPoint of entryPoints) {
    const names = namesOf(entryPoint, declarations).map((name) => `  ${name}`);
    lines.push(entryPoint === 'index' ? 'barefn' : `barefn/${entryPoint}`, ...names, '');
  }
  collect('types', declarations);
  const sorted = [...declarations.keys()].sort().map((name) => declarations.get(name));
  return `${[...lines, ...sorted].join('\n')}\n`;
}

/** What an entry point exports, sorted. */
function namesOf(file: string, declarations: Map<string, string>): string[] {
  const names: string[] = [];
  for (const statement of collect(file, declarations)) {
    if (!ts.isExportDeclaration(statement)) continue;
    const { exportClause, isTypeOnly } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) {
      throw new Error(`An entry point exports what it does not name: ${statement.getText()}`);
    }
    for (const { name, isTypeOnly: isType } of exportClause.elements) {
      names.push(isTypeOnly || isType ? `type ${name.text}` : name.text);
    }
  }
  return names.sort();
}

/** Adds the declarations of a file by their names. Gives its statements. */
function collect(file: string, declarations: Map<string, string>): readonly ts.Statement[] {
  const name = `${file}.d.ts`;
  const text = readFileSync(path.join(root, 'dist', name), 'utf8');
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const printer = ts.createPrinter({ removeComments: true });
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) || ts.isImportDeclaration(statement)) continue;
    const printed = printer.printNode(ts.EmitHint.Unspecified, withoutPrivates(statement), source);
    const key = (statement as ts.InterfaceDeclaration).name?.text ?? printed;
    const before = declarations.get(key);
    declarations.set(key, before === undefined ? printed : `${before}\n${printed}`);
  }
  return source.statements;
}

/** The functions and classes that programs can import: entry point, name and documentation comment. */
export function exportedValues(): [entry: string, name: string, documentation: string][] {
  const files = entryPoints.map((entryPoint) => path.join(root, 'dist', `${entryPoint}.d.ts`));
  const program = ts.createProgram(files, { types: ['node'], skipLibCheck: true });
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file) as ts.SourceFile;
    const module = checker.getSymbolAtLocation(source) as ts.Symbol;
    return checker.getExportsOfModule(module).flatMap((symbol) => {
      const found = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      if (!(found.flags & ts.SymbolFlags.Value)) return [];
      // An overload may leave the example to the one before.
      const comments = found.declarations?.flatMap((declaration) =>
        ts.getJSDocCommentsAndTags(declaration).map((comment) => comment.getText()),
      );
      return [[path.basename(file, '.d.ts'), symbol.name, comments?.join('\n') ?? '']];
    });
  }) as [string, string, string][];
}

function withoutPrivates(statement: ts.Statement): ts.Statement {
  if (!ts.isClassDeclaration(statement)) return statement;
  const { modifiers, name, typeParameters, heritageClauses } = statement;
  const members = statement.members.filter(
    (member) => !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private),
  );
  return ts.factory.updateClassDeclaration(
    statement,
    modifiers,
    name,
    typeParameters,
    heritageClauses,
    members,
  );
}

if (require.main === module) {
  writeFileSync(reportFile, makeReport());
  console.log(`Wrote ${path.relative(root, reportFile)}. Commit it with what changed it.`);
}
