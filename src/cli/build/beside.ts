import { existsSync } from 'node:fs';
import path from 'node:path';

/** The paths that a module makes of its own place. */
export interface FilesBeside {
  /** Existing files and directories that it names literally, absolute. */
  readonly named: readonly string[];
  /** Whether it also uses its place in ways that only running it would show. */
  readonly isUnclear: boolean;
  /** Whether it may load or start code there. */
  readonly loadsCode: boolean;
}

const QUOTED = String.raw`\s*(?:'[^'\n]*'|"[^"\n]*")\s*`;
const PLACE = String.raw`(?:__dirname|import\.meta\.dirname)`;
/** `join(__dirname, 'a', 'b')`, `path.resolve(…)`, and what compilers make of them: `(0, path_1.join)(…)`. */
const JOINED = new RegExp(
  String.raw`\b(?:join|resolve|normalize)\)?\(\s*${PLACE}\s*((?:,${QUOTED})+)\)`,
  'g',
);
/** `__dirname + '/a'` */
const ADDED = new RegExp(String.raw`${PLACE}\s*\+(${QUOTED})`, 'g');
/** `${__dirname}/a` in a template. */
const IN_TEMPLATE = new RegExp(String.raw`\$\{${PLACE}\}([^\`$]*)\``, 'g');
/** `new URL('./a', import.meta.url)` */
const IN_URL = new RegExp(String.raw`new URL\((${QUOTED}),\s*import\.meta\.url\s*\)`, 'g');
const NAMED = [JOINED, ADDED, IN_TEMPLATE, IN_URL];

/** Any use of the module's place. That of `__filename` alone is a name for messages. */
const USE =
  /\b__dirname\b|\bimport\.meta\.(?:url|dirname)\b|\b(?:dirname|Worker|fork|spawn|readFileSync)\(\s*(?:__filename|import\.meta\.filename)\b/;
/** ES modules make these names of import.meta.url. */
const DECLARED = /(?:const|let|var)\s+__(?:dir|file)name\s*=[^;\n]*/g;
const COMMENT = /^\s*(?:\/\/|\*|\/\*).*$/gm;
const LOADING =
  /\bnew (?:\w+\.)?Worker\b|\bfork\(|\bspawn(?:Sync)?\(|\breaddir(?:Sync)?\(|\bcreateRequire\b/;

/** Finds what a module reads beside itself: the files have to go where the module goes. */
export function findFilesBeside(file: string, text: string): FilesBeside {
  let rest = text.replace(COMMENT, '').replace(DECLARED, '');
  const named: string[] = [];
  for (const form of NAMED) {
    rest = rest.replace(form, (_, words: string) => {
      const literals = form === IN_TEMPLATE ? [words] : literalsOf(words);
      const found = path.join(path.dirname(file), ...literals);
      if (existsSync(found)) named.push(found);
      return '';
    });
  }
  return { named, isUnclear: USE.test(rest), loadsCode: LOADING.test(text) };
}

function literalsOf(words: string): string[] {
  return Array.from(words.matchAll(/'([^']*)'|"([^"]*)"/g), ([, one, two]) => one ?? two ?? '');
}
