import { isatty } from 'node:tty';
import { callForms } from '../cli/call-forms';
import type { Registration } from '../core/registry';
import { describeExpress } from '../load/express-choice';
import type { Options } from '../options/options';
import { hasPage } from './development';

/**
 * The text for a terminal when a function is served: the standard lines, the version of Express and its
 * reason, the development page, and a curl command; with `--target='*'` the URL of each function.
 *
 * @param text the standard lines; the last one ends with the URL
 */
export function banner(text: string, registration: Registration, options: Options): string {
  const { name, type, handler } = registration;
  const express = describeExpress(options);
  const url = text.slice(text.lastIndexOf(' ') + 1);
  if (name === '*') {
    const width = Math.max(...(handler as Registration[]).map((one) => one.type.length)) + 2;
    const lines = (handler as Registration[]).map(
      (one) => `${one.type.padEnd(width)}${url}${encodeURIComponent(one.name)}`,
    );
    return paint(['Serving all functions...', ...lines, express, `URL: ${url}`].join('\n'));
  }
  // Some shells take brackets, as of IPv6, for a pattern.
  const quoted = url.includes('[') ? `'${url}'` : url;
  const more = type === 'http' ? `${express}\n` : '';
  const page = hasPage(options) ? `Page: ${url}_barefn\n` : '';
  return paint(`${text}\n${more}${page}Try: curl ${quoted}${argumentsFor(type)}`);
}

function argumentsFor(type: Registration['type']): string {
  const { example } = callForms[type];
  if (example === undefined) return '';
  return ` -H 'Content-Type: ${example.mediaType}' -d '${JSON.stringify(example.body)}'`;
}

function paint(text: string): string {
  if (!hasColors()) return text;
  return text
    .replace(/^[A-Z][\w ]*(?:\.{3}|:)/gm, '\x1b[1m$&\x1b[22m')
    .replace(/(?<= )https?:\S+/g, '\x1b[36m$&\x1b[39m');
}

/** https://no-color.org, https://force-color.org; as in Node, the latter wins. */
function hasColors(): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return !NO_COLOR && TERM !== 'dumb' && isatty(1);
}
