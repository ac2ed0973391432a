// Writes src/http/media-types/table.ts: the media types of mime-db, chosen among by mime-types as for
// Express. Called by build.mjs.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const file = new URL('../src/http/media-types/table.ts', import.meta.url);

export function writeMediaTypes() {
  const { types, charset } = require('mime-types');
  const { version } = require('mime-db/package.json');
  const text = `// Written by build/media-types.mjs from mime-db ${version}. Do not edit.

/** Groups of media types that begin alike: their beginning, then the rest of each and its extensions. */
export const MEDIA_TYPES = \`${groupsOf(types)}\`;

/** Charsets of media types below application/, where they have one of their own. */
export const CHARSETS = \`${charsetsOf(Object.keys(require('mime-db')), charset)}\`;
`;
  if (readIfThere() !== text) writeFileSync(file, text);
}

function groupsOf(types) {
  const groups = new Map();
  for (const extension of Object.keys(types).sort()) {
    const [, beginning, rest] = /^([^/]+\/(?:vnd\.|x-)?)(.*)$/.exec(types[extension]);
    if (!groups.has(beginning)) groups.set(beginning, new Map());
    const group = groups.get(beginning);
    group.set(rest, [...(group.get(rest) ?? [rest]), extension]);
  }
  return [...groups]
    .sort()
    .map(([beginning, group]) => {
      const lines = [...group.values()].map((words) => words.join(' '));
      return [beginning, ...lines.sort()].join('\n');
    })
    .join('\n\n');
}

function charsetsOf(types, charset) {
  return types
    .filter((type) => type.startsWith('application/') && charset(type))
    .map((type) => `${type.slice('application/'.length)} ${charset(type).toLowerCase()}`)
    .join('\n');
}

function readIfThere() {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
