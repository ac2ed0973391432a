// Where JSON is wrong. Browsers name the place in different words, or not at all.

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /true|false|null/y;

/** The first error: its line and column, from 1, its place in the text, and what is wrong. */
export function findJsonError(text) {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const { at, message } = locate(text);
    const before = text.slice(0, at).split('\n');
    return { at, message, line: before.length, column: before.at(-1).length + 1 };
  }
}

function locate(text) {
  let at = 0;
  const skip = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null;
  };
  const value = () => {
    skip(SPACE);
    let error;
    if (skip(/\{/y)) error = list(/\}/y, '}', member);
    else if (skip(/\[/y)) error = list(/\]/y, ']', value);
    else if (!skip(STRING) && !skip(NUMBER) && !skip(NAME)) error = describeNoValue(text, at);
    skip(SPACE);
    return error;
  };
  const list = (close, name, item) => {
    skip(SPACE);
    if (skip(close)) return undefined;
    do {
      const error = item();
      if (error) return error;
    } while (skip(/,/y));
    return skip(close) ? undefined : `"," or "${name}" is missing`;
  };
  const member = () => {
    skip(SPACE);
    if (!skip(STRING)) {
      return text[at] === '}'
        ? 'a comma before "}" is too much'
        : 'a name in "double quotes" is missing';
    }
    skip(SPACE);
    return skip(/:/y) ? value() : '":" is missing';
  };
  return { message: value() ?? 'nothing may follow the value', at };
}

function describeNoValue(text, at) {
  if (at >= text.length) return 'the value ends too early';
  if (text[at] === ']') return 'a comma before "]" is too much';
  if (text[at] === "'") return 'strings need "double quotes"';
  if (text[at] === '"') return 'this string has no end, or an invalid character';
  return 'this is no JSON value';
}

/** The line of an error, with a mark below the column. */
export function snippet(text, { line, column }) {
  const start = Math.max(0, column - 41);
  const shown = text.split('\n')[line - 1].slice(start, start + 80);
  const number = `${line} | `;
  return `${number}${shown}\n${' '.repeat(number.length + column - 1 - start)}^`;
}

/** The same JSON with indentation; other text as it is. */
export function indent(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
