import { existsSync } from 'node:fs';
import path from 'node:path';

/** The specifier that Node did not find; undefined for other errors. */
export function missingModule(text: string): string | undefined {
  const found =
    /Cannot find (?:module|package) '([^'\n]*)'/.exec(text) ??
    /Package import specifier "([^"\n]*)" is not defined/.exec(text);
  return found?.[1];
}

/** Says why `missing` was not found while `file` was loaded, and what to do. */
export function explainMissing(missing: string, file: string): string {
  return `"${missing}" was not found while loading ${file}. ${adviceOn(missing, file)}`;
}

function adviceOn(missing: string, file: string): string {
  if (missing.startsWith('.') || path.isAbsolute(missing))
    return 'Check the path and its extension.';
  if (missing.startsWith('#')) {
    return 'Names that begin with # are defined by "imports" in package.json: add it there.';
  }
  // Aliases of "paths" in tsconfig.json and of bundlers. Neither is a valid package name.
  if (/^[@~]\/|^~/.test(missing)) {
    return 'It is an alias of TypeScript or of a bundler, which Node does not know: bundle the program, import a relative path, or define a name that begins with # in "imports" of package.json.';
  }
  // RFC 3986, section 3.1: a scheme. Node loads only file:, data: and node:.
  if (/^[a-z][\w+.-]*:/i.test(missing)) return 'Node cannot load such a URL.';
  const name = packageName(missing);
  if (name !== missing && isInstalled(name, path.dirname(file))) {
    return `The package ${name} is installed but has no such file: check the path and the version.`;
  }
  return `Try: npm install ${name}`;
}

/** The package of a specifier: `@acme/x` of `@acme/x/sub`. */
function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isInstalled(name: string, from: string): boolean {
  for (let directory = from; ; directory = path.dirname(directory)) {
    if (existsSync(path.join(directory, 'node_modules', name))) return true;
    if (directory === path.dirname(directory)) return false;
  }
}
