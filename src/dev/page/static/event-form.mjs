import { curlCommand, invokeEventCommand } from './commands.mjs';
import { field, h, select } from './dom.mjs';
import { jsonEditor } from './editor.mjs';

/** What every event has; other attributes are those of the sample. */
const ATTRIBUTES = ['type', 'source', 'subject', 'id', 'time'];
const NO_FIELDS = ['specversion', 'datacontenttype', 'data'];
const PLACEHOLDERS = { id: 'a new one each time', time: 'now' };
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
    this.attributes = {};
    this.attributePart = h('div', { class: 'group' });
    this.editor = jsonEditor('Data', { rows: 10 });
    const sent = h('pre', {
      class: 'content',
      tabindex: '0',
      'aria-label': 'The request as it is sent',
    });
    const preview = h('details', {}, h('summary', {}, 'The request as it is sent'), sent);
    const mode = field('Mode', this.mode);
    mode.append(this.modeNote);
    const legend = h('legend', {}, 'Attributes');
    const attributes = h('fieldset', { class: 'attributes' }, legend, this.attributePart);
    const line = h('div', { class: 'pair' }, field('Kind', this.kind), mode);
    this.element = h('div', { class: 'fields' }, line, attributes, this.editor.element, preview);
    this.preview = () => this.showPreview(sent, preview.open);
    preview.addEventListener('toggle', this.preview);
    this.element.addEventListener('input', this.preview);
    this.mode.addEventListener('change', () => this.limitModes());
    this.kind.addEventListener('change', () => this.reload({}));
    // The data of a sample follow its attributes, until they are changed.
    this.attributePart.addEventListener('change', () => {
      if (this.hasSampleData()) this.reload(this.changed());
    });
    this.reload({});
  }

  reload(attributes) {
    this.ready = this.load(attributes);
    return this.ready;
  }

  /** Fills the form with the sample of the kind that has these attributes. */
  async load(attributes) {
    const query = new URLSearchParams({ kind: this.kind.value, ...attributes });
    this.query = String(query);
    const answer = await fetch(`/_barefn/sample?${query}`);
    const sample = await answer.json();
    // Something else was chosen meanwhile.
    if (String(query) !== this.query) return;
    this.sample = sample;
    this.showAttributes(attributes);
    this.editor.area.value = this.sampleData();
    this.editor.check();
    this.limitModes();
    this.preview();
  }

  showAttributes(given) {
    const { event } = this.sample;
    const names = new Set([...ATTRIBUTES, ...Object.keys(event)]);
    for (const name of Object.keys(this.attributes)) {
      if (!names.has(name)) delete this.attributes[name];
    }
    for (const name of names) {
      if (NO_FIELDS.includes(name)) continue;
      this.attributes[name] ??= h('input', {
        spellcheck: 'false',
        autocomplete: 'off',
        placeholder: PLACEHOLDERS[name],
      });
      const isNew = name in PLACEHOLDERS;
      this.attributes[name].value = given[name] ?? (isNew ? '' : (event[name] ?? ''));
    }
    const shown = Object.keys(this.attributes).join(' ');
    if (shown === this.shown) return;
    this.shown = shown;
    const fields = Object.entries(this.attributes).map(([name, input]) => field(name, input));
    this.attributePart.replaceChildren(...fields);
  }

  sampleData() {
    return JSON.stringify(this.sample.event.data, null, 2);
  }

  hasSampleData() {
    return this.editor.area.value === this.sampleData();
  }

  /** The attributes that are not those of the sample, or were asked for. */
  changed() {
    const { event } = this.sample;
    const asked = new URLSearchParams(this.query);
    const entries = Object.entries(this.read().attributes);
    return Object.fromEntries(
      entries.filter(([name, value]) => value !== '' && (value !== event[name] || asked.has(name))),
    );
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
      const { method, path, headers, body, base64 } = await this.build();
      const fields = headers.map((one) => one.join(': '));
      const text = base64 ? `(${body.length} bytes, in base64:)\n${base64}` : body;
      output.textContent = [`${method} ${path}`, ...fields, '', text].join('\n');
    } catch (error) {
      output.textContent = error.message;
    }
  }

  async build() {
    await this.ready;
    if (!this.editor.check()) throw new Error('The data of an event has to be JSON.');
    const { kind, mode, data } = this.read();
    const form = {
      kind,
      mode,
      attributes: this.changed(),
      data: this.hasSampleData() ? null : data,
    };
    const answer = await fetch('/_barefn/message', { method: 'POST', body: JSON.stringify(form) });
    const message = await answer.json();
    if (message.error) throw new Error(message.error);
    const { path, headers, body, base64 } = message;
    const whole = path === '/' ? this.root || '/' : this.root + path;
    const bytes = base64 && Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    return {
      method: 'POST',
      path: whole,
      headers: Object.entries(headers),
      body: bytes ?? body,
      base64,
    };
  }

  async curl() {
    return curlCommand(await this.build());
  }

  invoke() {
    const { kind, mode, data } = this.read();
    const changed = this.changed();
    if (!this.hasSampleData()) changed.data = data;
    return invokeEventCommand(this.base, kind, mode, changed);
  }

  read() {
    const values = Object.entries(this.attributes).map(([name, input]) => [name, input.value]);
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
    const given = Object.entries(attributes).filter(([, value]) => value !== '');
    await this.reload(Object.fromEntries(given));
    this.mode.value = mode;
    this.limitModes();
    this.editor.area.value = data;
    this.editor.check();
  }

  describe({ kind, mode, attributes }) {
    return `${kind}, ${mode}: ${attributes.type}`;
  }
}
