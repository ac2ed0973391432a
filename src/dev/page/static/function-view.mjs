import { Answer } from './answer.mjs';
import { quote } from './commands.mjs';
import { announce, copyButton, h } from './dom.mjs';
import { EventForm } from './event-form.mjs';
import { addToHistory, clearHistory, readDraft, readHistory, saveDraft } from './history.mjs';
import { RequestForm } from './request-form.mjs';

const TYPES = {
  http: 'HTTP function',
  web: 'Web function',
  typed: 'Typed function',
  cloudevent: 'CloudEvent function',
  event: 'Background function',
};

/** One function: its form, its answer and its history. */
export class FunctionView {
  constructor(described, site) {
    this.described = described;
    const { name, type, path, carries } = described;
    const flags = [`--target=${quote(name)}`];
    if (site.source) flags.unshift(`--source=${quote(site.source)}`);
    if (site.signatureType) flags.push(`--signature-type=${site.signatureType}`);
    const base = flags.join(' ');
    this.isEvent = carries === 'event';
    this.form = this.isEvent
      ? new EventForm(described, base, site.kinds)
      : new RequestForm(described, base);
    this.answer = new Answer();
    this.history = h('details', { class: 'history' });
    this.title = h('h1', { tabindex: '-1' }, name);
    const url = new URL(path, location.origin).href;
    const link =
      carries === 'anything' ? h('a', { href: url, target: '_blank' }, url) : h('code', {}, url);
    this.element = h(
      'article',
      {},
      h(
        'header',
        { class: 'title' },
        this.title,
        h('p', {}, h('span', { class: `type ${type}` }, TYPES[type]), link),
      ),
      h('div', { class: 'columns' }, this.makeForm(), this.answer.element),
    );
    this.showHistory();
    const draft = readDraft(name);
    if (draft) this.form.write(draft);
  }

  makeForm() {
    const send = h('button', { class: 'send' }, 'Send');
    const keys = h(
      'span',
      { class: 'keys' },
      h('kbd', {}, 'Ctrl'),
      h('kbd', {}, 'Enter'),
      ' sends, ',
      h('kbd', {}, 'Esc'),
      ' cancels',
    );
    const copies = h(
      'div',
      { class: 'actions' },
      send,
      copyButton('Copy as curl', () => this.form.curl()),
      copyButton('Copy as barefn invoke', () => this.form.invoke()),
    );
    const form = h('form', { class: 'card', 'aria-label': 'Request', novalidate: true });
    form.append(
      h('div', { class: 'heading' }, h('h2', {}, this.isEvent ? 'Event' : 'Request'), keys),
      this.form.element,
      copies,
      this.history,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.target.dispatchEvent(new Event('change', { bubbles: true }));
      this.send();
    });
    const save = () => saveDraft(this.described.name, this.form.read());
    form.addEventListener('input', save);
    form.addEventListener('change', save);
    return form;
  }

  cancel() {
    this.aborter?.abort();
  }

  async send() {
    this.cancel();
    const aborter = new AbortController();
    this.aborter = aborter;
    const id = randomId();
    const { answer } = this;
    const held = this.form.read();
    const cancel = () => aborter.abort();
    answer.begin(id, cancel);
    try {
      const request = await this.form.build();
      const started = performance.now();
      const response = await exchange(request, id, aborter.signal);
      const ms = Math.round(performance.now() - started);
      answer.showHead(response, ms, cancel);
      this.remember(held, response.status, ms);
      if (this.isEvent) this.explain(response.status, held.kind);
      await answer.showBody(response);
    } catch (error) {
      // Another request has taken its place.
      if (this.aborter === aborter) answer.fail(error, aborter.signal.aborted);
    } finally {
      if (this.aborter === aborter) this.aborter = undefined;
    }
  }

  async explain(status, kind) {
    const { delivery } = this.answer;
    const answer = await fetch(
      `/_barefn/delivery?status=${status}&kind=${encodeURIComponent(kind)}`,
    );
    const text = await answer.json();
    if (delivery === this.answer.delivery) this.answer.showDelivery(text);
  }

  remember(request, status, ms) {
    const at = new Date().toLocaleTimeString();
    addToHistory(this.described.name, { request, status, ms, at });
    this.showHistory();
  }

  showHistory() {
    const { name } = this.described;
    const entries = readHistory(name);
    const items = entries.map(({ request, status, ms, at }) => {
      const text = h('span', { class: 'what' }, this.form.describe(request));
      const figures = h('span', { class: 'figures' }, `${status}, ${ms} ms, ${at}`);
      const open = async () => {
        await this.form.write(request);
        saveDraft(name, request);
        announce(`The form has the request of ${at}`);
      };
      return h(
        'li',
        {},
        h('button', { type: 'button', class: 'entry', click: open }, text, figures),
      );
    });
    const clear = () => {
      clearHistory(name);
      this.showHistory();
    };
    const button = h(
      'button',
      { type: 'button', class: 'link', click: clear },
      'Clear the history',
    );
    this.history.hidden = entries.length === 0;
    this.history.replaceChildren(
      h('summary', {}, `History (${entries.length})`),
      h('ol', {}, ...items),
      button,
    );
  }
}

function exchange({ method, path, headers, body }, id, signal) {
  const url = new URL(path, location.origin);
  if (url.origin !== location.origin)
    throw new Error(`the path ${path} is that of another server.`);
  const fields = new Headers(headers);
  // Names the lines of the log that belong to this request.
  if (!fields.has('function-execution-id')) fields.set('function-execution-id', id);
  return fetch(url, { method, headers: fields, body: body === '' ? undefined : body, signal });
}

function randomId() {
  return Array.from({ length: 12 }, () => Math.floor(Math.random() * 36).toString(36)).join('');
}
