import { announce, h } from './dom.mjs';
import { indent } from './json.mjs';
import { followRequest } from './log.mjs';

/** The most characters of a body that are shown. */
const MOST = 500_000;
const TEXT = /^text\/|[/+](?:json|xml|yaml|javascript|x-www-form-urlencoded|x-ndjson)\b/;

/** What is shown of a function's answers, one at a time. */
export class Answer {
  element = h('section', { class: 'answer card', 'aria-label': 'Answer' });

  constructor() {
    this.showNothing();
  }

  showNothing() {
    const text = 'Send the request to see the answer here.';
    this.element.replaceChildren(h('h2', {}, 'Answer'), h('p', { class: 'empty' }, text));
  }

  /** A new request was sent. */
  begin(id, cancel) {
    this.endLog?.();
    this.started = performance.now();
    this.summary = undefined;
    this.state = h('div', { class: 'state' });
    this.result = h('div', { class: 'result' });
    this.log = h('pre', { class: 'log', tabindex: '0', 'aria-label': 'Log of this request' });
    this.logSection = h('section', { hidden: true }, h('h3', {}, 'Log of this request'), this.log);
    const button = h('button', { type: 'button', class: 'plain', click: cancel }, 'Cancel');
    const waiting = h('span', { class: 'waiting' }, 'Waiting for the answer…');
    this.state.append(waiting, button);
    this.headers = h('div');
    const parts = [this.state, this.result, this.logSection, this.headers];
    this.element.replaceChildren(h('h2', {}, 'Answer'), ...parts);
    this.showOnNarrowScreen();
    this.endLog = followRequest(id, (line) => this.addLine(line));
    announce('Sending');
  }

  /** Where the answer is below the form. */
  showOnNarrowScreen() {
    if (matchMedia('(max-width: 64rem)').matches) this.element.scrollIntoView({ block: 'start' });
  }

  addLine({ text, stream }) {
    const isWarning = text.startsWith('Warning:');
    const kind = isWarning ? 'warning' : stream;
    this.logSection.hidden = false;
    this.log.append(h('span', { class: kind }, text));
    if (isWarning) announce(text);
  }

  /** The status and the header fields have come. */
  showHead(response, waited, cancel) {
    const { status, statusText, headers } = response;
    const [kind, word] = describeStatus(status);
    this.summary = `${status} ${statusText}, ${word}`;
    this.figures = h('span', { class: 'figures' }, `first byte after ${waited} ms`);
    const badge = h('strong', { class: `badge ${kind}` }, `${status} ${statusText}`.trim());
    const button = h('button', { type: 'button', class: 'plain', click: cancel }, 'Cancel');
    this.state.replaceChildren(
      badge,
      h('span', { class: `word ${kind}` }, word),
      this.figures,
      button,
    );
    if (response.redirected) {
      this.state.append(h('p', { class: 'hint' }, `Redirected to ${response.url}`));
    }
    this.delivery = h('div');
    this.body = h('div', { class: 'body' });
    this.result.append(this.delivery, this.body);
    this.headers.append(headerTable(headers));
  }

  showDelivery({ isAcknowledged, text }) {
    const [, word, rest] = /^(\w+)(.*)$/s.exec(text);
    const kind = isAcknowledged ? 'good' : word === 'Retried' ? 'fair' : 'bad';
    this.delivery.className = `delivery ${kind}`;
    this.delivery.replaceChildren(h('strong', {}, word), rest);
    announce(text);
  }

  /** Shows the body as it comes. */
  async showBody(response) {
    const type = response.headers.get('content-type') ?? '';
    const isText = type === '' || (TEXT.test(type) && !type.startsWith('image/'));
    const chunks = [];
    const decoder = new TextDecoder();
    const pre = h('pre', { class: 'content', tabindex: '0', 'aria-label': 'Body of the answer' });
    let size = 0;
    let shown = 0;
    const show = (text) => {
      if (text === '' || shown > MOST) return;
      if (shown === 0) this.body.replaceChildren(h('h3', {}, 'Body'), pre);
      shown += text.length;
      pre.append(shown > MOST ? `${text.slice(0, MOST)}\n… (the rest is not shown)` : text);
    };
    for await (const chunk of chunksOf(response)) {
      chunks.push(chunk);
      size += chunk.length;
      if (isText) show(decoder.decode(chunk, { stream: true }));
      this.figures.textContent = `receiving, ${formatSize(size)}`;
    }
    if (isText) show(decoder.decode());
    if (/[/+]json\b/.test(type) && shown <= MOST) pre.textContent = indent(pre.textContent);
    if (!isText && size > 0) this.showFile(new Blob(chunks, { type }), type);
    this.end(size);
  }

  showFile(blob, type) {
    const url = URL.createObjectURL(blob);
    const name = `answer.${type
      .replace(/[;+].*/, '')
      .split('/')
      .at(-1)}`;
    const link = h('a', { href: url, download: name }, `Save ${formatSize(blob.size)} of ${type}`);
    const image = h('img', { src: url, alt: `The answer, ${type}` });
    const isImage = type.startsWith('image/');
    this.body.replaceChildren(h('h3', {}, 'Body'), isImage ? image : '', h('p', {}, link));
  }

  end(size) {
    const ms = Math.round(performance.now() - this.started);
    this.figures.textContent = `${ms} ms, ${formatSize(size)}`;
    this.state.querySelector('button')?.remove();
    if (size === 0)
      this.body.replaceChildren(h('p', { class: 'empty' }, 'The answer has no body.'));
    announce(`${this.summary}, after ${ms} ms, ${formatSize(size)}`);
    this.element.dispatchEvent(new Event('end'));
  }

  /** No answer came, or not the whole of it. */
  fail(error, isCancelled) {
    const what = this.summary === undefined ? 'No answer' : 'The answer is not complete';
    const text = isCancelled ? 'Cancelled.' : `${what}: ${error.message}`;
    const why = isCancelled
      ? ''
      : ' Does the server run, and did the function close the connection?';
    this.state ??= h('div');
    this.state.querySelector('button')?.remove();
    this.state.querySelector('.waiting')?.remove();
    this.state.append(h('p', { class: `delivery ${isCancelled ? 'fair' : 'bad'}` }, text + why));
    announce(text);
  }
}

async function* chunksOf(response) {
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return;
    yield value;
  }
}

function describeStatus(status) {
  if (status >= 500) return ['bad', 'Server error'];
  if (status >= 400) return ['fair', 'Client error'];
  return status >= 300 ? ['fair', 'Redirect'] : ['good', 'Success'];
}

function formatSize(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function headerTable(headers) {
  const rows = [...headers].map(([name, value]) =>
    h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)),
  );
  const title = h('summary', {}, `Headers (${rows.length})`);
  return h('details', { class: 'headers', open: true }, title, h('table', {}, ...rows));
}
