import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describedOptions } from '../../src/options/texts';

const readmeFile = path.join(__dirname, '../../README.md');
const START = '<!-- options:start -->\n';
const END = '\n<!-- options:end -->';

/** The README as it is. */
export function readReadme(): string {
  return readFileSync(readmeFile, 'utf8');
}

/** The README with the table of options between its markers. */
export function withOptions(readme: string): string {
  const [before, rest] = splitAt(readme, START);
  const [, after] = splitAt(rest, END);
  return `${before}${START}${optionsTable()}${END}${after}`;
}

/** The options in Markdown. */
export function optionsTable(): string {
  const rows = describedOptions().map(({ row, text, shown }) => {
    const flags = [`--${row.flag}`, ...(row.short === undefined ? [] : [`-${row.short}`])];
    const meaning = text.details === undefined ? text.about : `${text.about} ${text.details}`;
    return [flags.map(code).join(', '), row.env === undefined ? '' : code(row.env), shown, meaning];
  });
  const lines = [
    ['flag', 'environment', 'default', 'meaning'],
    ['---', '---', '---', '---'],
    ...rows,
  ];
  return lines.map((cells) => `|${cells.map(padded).join('|')}|`).join('\n');
}

function padded(text: string): string {
  return text === '' ? ' ' : ` ${text} `;
}

function code(text: string): string {
  return `\`${text}\``;
}

function splitAt(text: string, marker: string): [string, string] {
  const at = text.indexOf(marker);
  if (at === -1) throw new Error(`The README has no ${marker.trim()}`);
  return [text.slice(0, at), text.slice(at + marker.length)];
}

if (require.main === module) {
  writeFileSync(readmeFile, withOptions(readReadme()));
  console.log('Wrote the options into README.md.');
}
