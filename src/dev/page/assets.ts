import fs from 'node:fs';
import path from 'node:path';
import type { Registration } from '../../core/registry';
import type { HttpResponse } from '../../http/response/response';

/** The files of the page, as they are in src/dev/page/static. */
const DIRECTORY = path.join(__dirname, 'page');
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Crect width='8' height='8' rx='2' fill='%232563eb'/%3E%3Cpath d='M2.6 1.6v4.8M2.6 4.6a1.4 1.4 0 1 1 0 .1' fill='none' stroke='%23fff'/%3E%3C/svg%3E";

/**
 * Sends the page. Its policy allows scripts and styles of this response alone, connections to this
 * server, and images that the scripts make of answers.
 */
export function sendDocument(functions: readonly Registration[], res: HttpResponse): void {
  const nonce = globalThis.crypto.randomUUID();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src blob: data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  res.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'no-referrer',
  });
  res.end(htmlOf(functions, nonce));
}

function htmlOf(functions: readonly Registration[], nonce: string): string {
  const names = functions.map(({ name, type }) => `<li>${escapeHtml(name)} (${type})</li>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Functions</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" nonce="${nonce}" href="/_barefn/page.css">
<script type="module" nonce="${nonce}" src="/_barefn/main.js"></script>
<noscript><p>This page sends requests by JavaScript, which is off. The functions are:</p>
<ul>${names.join('')}</ul></noscript>
</html>
`;
}

/** Sends a file of the page by its name. */
export function sendAsset(name: string, res: HttpResponse): void {
  const mediaType = MEDIA_TYPES[path.extname(name)];
  if (mediaType === undefined || !fs.readdirSync(DIRECTORY).includes(name)) {
    res.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
    res.end(`The development page has no /_barefn/${name}. The page is at /_barefn.\n`);
    return;
  }
  res.writeHead(200, { 'Content-Type': mediaType });
  res.end(fs.readFileSync(path.join(DIRECTORY, name)));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
