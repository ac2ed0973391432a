import { callForms } from '../cli/call-forms';
import { describeDelivery } from '../cli/events/delivery';
import { eventMessage } from '../cli/events/message';
import { sampleKinds } from '../cli/events/samples';
import { BarefnError, HttpError } from '../core/errors';
import type { Registration } from '../core/registry';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import { pageScript, pageStyle } from './page-assets';

/**
 * Sends the page that lists the functions, or what its script asks for: a sample event
 * (`?event=storage&mode=binary`), or what a platform does on a status (`?status=500`).
 */
export function answerPage(
  functions: readonly Registration[],
  { query }: HttpRequest,
  res: HttpResponse,
): void {
  res.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  const { event, mode, status } = query;
  if (event !== undefined) res.json(sampleMessage(String(event), String(mode)));
  else if (status !== undefined) {
    res.type('text/plain').send(describeDelivery(Number(status), query['by'] === 'pubsub').text);
  } else sendPage(functions, res);
}

function sampleMessage(kind: string, mode: string): object {
  try {
    return eventMessage(kind, mode, {}, undefined);
  } catch (error) {
    if (!(error instanceof BarefnError)) throw error;
    throw new HttpError(400, error.code, error.message, { cause: error });
  }
}

function sendPage(functions: readonly Registration[], res: HttpResponse): void {
  const nonce = globalThis.crypto.randomUUID();
  res.set(
    'Content-Security-Policy',
    `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  res.send(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Functions</title><style nonce="${nonce}">${pageStyle}</style>
<main><h1>Functions</h1>
${functions.map(describeFunction).join('\n')}
</main><script nonce="${nonce}">${pageScript}</script></html>
`);
}

function describeFunction({ name, type }: Registration, index: number): string {
  const path = escapeHtml(`/${encodeURIComponent(name)}`);
  const { carries } = callForms[type];
  const isEvent = carries === 'event';
  const isPage = carries === 'anything';
  const title = isPage ? `<a href="${path}">${escapeHtml(name)}</a>` : escapeHtml(name);
  const methods = isPage ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] : ['POST'];
  return `<article aria-labelledby="f${index}"><h2 id="f${index}">${title} <small>${type}</small></h2>
<form data-path="${path}">${isEvent ? eventFields(type) : ''}
<label>Method ${select('method', methods)}</label>
<label class="wide">Path <input name="path" value="${path}" spellcheck="false"></label>
<label class="all">Headers <textarea name="headers" rows="${isEvent ? 7 : 2}" spellcheck="false">${
    carries === 'json' ? 'content-type: application/json' : ''
  }</textarea></label>
<label class="all">Body <textarea name="body" rows="4" spellcheck="false">${
    carries === 'json' ? '{}' : ''
  }</textarea></label>
<button>Send</button></form>
<div role="status"></div></article>`;
}

function eventFields(type: Registration['type']): string {
  const kinds = type === 'event' ? sampleKinds : [...sampleKinds].reverse();
  return `
<label>Sample event ${select('event', kinds)}</label>
<label>Mode ${select('mode', ['binary', 'structured', 'legacy', 'push'])}</label>`;
}

function select(name: string, values: readonly string[]): string {
  return `<select name="${name}">${values.map((value) => `<option>${value}`).join('')}</select>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
