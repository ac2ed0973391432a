import { curlCommand, invokeEventCommand } from './commands.mjs';
import { field, h, select } from './dom.mjs';
import { jsonEditor } from './editor.mjs';

const ATTRIBUTES = ['type', 'source', 'subject', 'id', 'time'];
const MODES = {
  binary: 'Attributes as headers, data as the body.',
  structured: 'Attributes and data as one JSON object.',
  legacy: 'A background event, as Cloud Functions of the first generation got it.',
  push: 'As a push subscription of Pub/Sub posts it.',
};

/** The form of an event: kind, mode, attributes and data. */
export class EventForm {
  constructor({ path, type }, base, kinds) {
    this.base = base;
    this.root = path === '/' ? '' : path;
    this.kind = select(kinds);
    this.kind.value = type === 'event' ? 'pubsub' : 'custom';
    this.mode = select(Object.keys(MODES));
    this.modeNote = h('p', { class: 'hint' });
    const inputs = ATTRIBUTES.map((name) => [
      name,
      h('input', { spellcheck: 'false', autocomplete: 'off' }),
    ]);
    this.attributes = Object.fromEntries(inputs);
    this.attributes.id.placeholder = 'a new one each time';
    this.attributes.time.placeholder = 'now';
    this.editor = jsonEditor('Data', { rows: 10 });
    const sent = h('pre', {
      class: 'content',
      tabindex: '0',
      'aria-label': 'The request as it is sent',
    });
    const preview = h('details', {}, h('summary', {}, 'The request as it is sent'), sent);
    const mode = field('Mode', this.mode);
    mode.append(this.modeNote);
    const fields = inputs.map(([name, input]) => field(name, input));
    const attributes = h(
      'fieldset',
      { class: 'attributes' },
      h('legend', {}, 'Attributes'),
      ...fields,
    );
    const line = h('div', { class: 'pair' }, field('Kind', this.kind), mode);
    this.element = h('div', { class: 'fields' }, line, attributes, this.editor.element, preview);
    preview.addEventListener('toggle', () => this.showPreview(sent, preview.open));
    this.element.addEventListener('input', () => this.showPreview(sent, preview.open));
    this.mode.addEventListener('change', () => this.limitModes());
    this.kind.addEventListener('change', () => {
      this.ready = this.load();
    });
    this.ready = this.load();
  }

  /** Fills the form with the sample of the kind. */
  async load() {
    const kind = this.kind.value;
    const answer = await fetch(`/_barefn/sample?kind=${encodeURIComponent(kind)}`);
    const sample = await answer.json();
    // Another kind was chosen meanwhile, or the same one again: the sample is as good.
    if (kind !== this.kind.value) return;
    this.sample = sample;
    const { event } = this.sample;
    for (const name of ['type', 'source', 'subject'])
      this.attributes[name].value = event[name] ?? '';
    this.editor.area.value = JSON.stringify(event.data, null, 2);
    this.editor.check();
    this.limitModes();
  }

  /** Modes that the kind does not have cannot be chosen. */
  limitModes() {
    const { modes } = this.sample;
    for (const option of this.mode.options) option.disabled = modes[option.value] !== null;
    if (this.mode.selectedOptions[0]?.disabled) this.mode.value = 'binary';
    const impossible = Object.keys(modes).filter((mode) => modes[mode] !== null);
    const which = impossible.join(' and ');
    const limits = which && ` Not for ${this.kind.value}: ${which}.`;
    this.modeNote.textContent = MODES[this.mode.value] + limits;
  }

  async showPreview(output, isOpen) {
    if (!isOpen) return;
    try {
      const { method, path, headers, body } = await this.build();
      const fields = headers.map((one) => one.join(': '));
      output.textContent = [`${method} ${path}`, ...fields, '', body].join('\n');
    } catch (error) {
      output.textContent = error.message;
    }
  }

  async build() {
    await this.ready;
    if (!this.editor.check()) throw new Error('The data of an event has to be JSON.');
    const { kind, mode, data, attributes } = this.read();
    const form = JSON.stringify({ kind, mode, data, attributes });
    const answer = await fetch('/_barefn/message', { method: 'POST', body: form });
    const message = await answer.json();
    if (message.error) throw new Error(message.error);
    const { path, headers, body } = message;
    const whole = path === '/' ? this.root || '/' : this.root + path;
    return { method: 'POST', path: whole, headers: Object.entries(headers), body };
  }

  async curl() {
    return curlCommand(await this.build());
  }

  invoke() {
    const { kind, mode, data, attributes } = this.read();
    const { event } = this.sample;
    const changed = Object.entries(attributes).filter(
      ([name, value]) => value !== '' && value !== event[name],
    );
    if (data !== JSON.stringify(event.data, null, 2)) changed.push(['data', data]);
    return invokeEventCommand(this.base, kind, mode, Object.fromEntries(changed));
  }

  read() {
    const values = ATTRIBUTES.map((name) => [name, this.attributes[name].value]);
    const { kind, mode, editor } = this;
    return {
      kind: kind.value,
      mode: mode.value,
      attributes: Object.fromEntries(values),
      data: editor.area.value,
    };
  }

  async write({ kind, mode, attributes, data }) {
    this.kind.value = kind;
    this.ready = this.load();
    await this.ready;
    this.mode.value = mode;
    this.limitModes();
    for (const name of ATTRIBUTES) this.attributes[name].value = attributes[name] ?? '';
    this.editor.area.value = data;
    this.editor.check();
  }

  describe({ kind, mode, attributes }) {
    return `${kind}, ${mode}: ${attributes.type}`;
  }
}
