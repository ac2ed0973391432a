import { curlCommand, invokeCommand } from './commands.mjs';
import { field, h, select } from './dom.mjs';
import { jsonEditor } from './editor.mjs';
import { schemaForm } from './schema-form.mjs';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** The form of a request: method, path, headers and body. For a schema it has a control for each part. */
export class RequestForm {
  constructor({ name, path, carries, input, note }, base) {
    this.base = base;
    this.root = path === '/' ? '' : path;
    const isTyped = carries === 'json';
    this.method = select(isTyped ? ['POST'] : METHODS);
    this.path = h('input', { value: path, spellcheck: 'false', autocomplete: 'off' });
    this.headers = h('textarea', { rows: 2, spellcheck: 'false', autocapitalize: 'off' });
    if (isTyped) this.headers.value = 'content-type: application/json';
    this.headersProblem = h('p', { class: 'problem', role: 'alert', hidden: true });
    this.editor = jsonEditor(isTyped && input ? 'JSON' : 'Body', {
      isJson: (text) => this.isJson(text),
      hint: note,
    });
    if (isTyped) this.editor.area.value = '{}';
    const hint = 'One on each line, as in: Authorization: Bearer …';
    this.line = h('div', { class: 'line' }, field('Method', this.method), field('Path', this.path));
    const headers = field('Headers', this.headers, { hint, className: 'code' });
    headers.append(this.headersProblem);
    this.element = h('div', { class: 'fields' }, this.line, headers, this.editor.element);
    this.method.addEventListener('change', () => this.showBody());
    if (isTyped && input) this.addSchemaForm(input, name);
    this.showBody();
  }

  /** GET and HEAD have no body: fetch() refuses to send one. */
  showBody() {
    this.editor.element.hidden = /GET|HEAD/.test(this.method.value);
  }

  addSchemaForm(schema, name) {
    this.schema = schema;
    this.formPart = h('section', { class: 'schema', 'aria-label': `Input of ${name}` });
    const json = h(
      'details',
      { class: 'as-json' },
      h('summary', {}, 'As JSON'),
      this.editor.element,
    );
    const { element } = this;
    const headers = h('details', {}, h('summary', {}, 'Headers'), this.headers.parentElement);
    element.append(json, headers);
    this.line.after(this.formPart);
    this.formPart.addEventListener('input', () => {
      this.editor.area.value = JSON.stringify(this.form.read() ?? null, null, 2);
      this.editor.check();
    });
    // What is written as JSON shows in the form.
    this.editor.area.addEventListener('change', () => this.renderSchemaForm());
    this.editor.area.value = '';
    this.renderSchemaForm();
    this.editor.area.value = JSON.stringify(this.form.read(), null, 2);
  }

  renderSchemaForm() {
    let value;
    try {
      value = JSON.parse(this.editor.area.value);
    } catch {
      if (this.form) return;
    }
    this.form = schemaForm(this.schema, value);
    this.formPart.replaceChildren(this.form.element);
  }

  isJson(text) {
    const type = this.fields().find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    return type === undefined ? /^\s*[[{]/.test(text) : /[/+]json\b/.test(type);
  }

  /** The header fields as pairs. */
  fields() {
    const lines = this.headers.value.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(0, colon)).trim(), line.slice(colon + 1).trim()];
    });
  }

  /** Shows what is wrong with the headers; false if they cannot be sent. */
  checkHeaders() {
    const lines = this.headers.value.split('\n');
    const wrong = lines.findIndex((line) => line.trim() !== '' && !/^[^\s:]+:/.test(line));
    let problem = wrong < 0 ? '' : `Line ${wrong + 1} is not NAME: VALUE.`;
    if (wrong < 0) {
      const given = this.fields().map(([name]) => name);
      const sent = new Request('/', { headers: this.fields() }).headers;
      const dropped = given.filter((name) => !sent.has(name));
      if (dropped.length > 0)
        problem = `Browsers do not send ${dropped.join(', ')}: copy the request as curl.`;
    }
    this.headersProblem.textContent = problem;
    this.headersProblem.hidden = problem === '';
    return wrong < 0;
  }

  /** The request as fetch() takes it. */
  async build() {
    this.editor.check();
    if (!this.checkHeaders()) throw new Error(this.headersProblem.textContent);
    return this.request();
  }

  request() {
    const method = this.method.value;
    const body = /GET|HEAD/.test(method) ? '' : this.editor.area.value;
    const headers = this.fields();
    const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
    if (body !== '' && !hasType && this.isJson(body))
      headers.push(['content-type', 'application/json']);
    return { method, path: this.path.value, headers, body };
  }

  curl() {
    return curlCommand(this.request());
  }

  invoke() {
    const request = this.request();
    const path = request.path.startsWith(this.root)
      ? request.path.slice(this.root.length)
      : request.path;
    return invokeCommand(this.base, { ...request, path: path || '/' });
  }

  /** What the form holds, for the history. */
  read() {
    const { method, path, headers, editor } = this;
    return {
      method: method.value,
      path: path.value,
      headers: headers.value,
      body: editor.area.value,
    };
  }

  write({ method, path, headers, body }) {
    this.method.value = method;
    this.path.value = path;
    this.headers.value = headers;
    this.editor.area.value = body;
    this.editor.check();
    if (this.schema) this.renderSchemaForm();
    this.showBody();
  }

  describe({ method, path }) {
    return `${method} ${path}`;
  }
}
