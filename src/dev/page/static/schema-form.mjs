import { field, h, select } from './dom.mjs';
import { jsonEditor } from './editor.mjs';

// A form for a JSON Schema. What has no control of its own is edited as JSON.

/**
 * Makes the form of a value. `read` gives the value, undefined for one that is left out.
 *
 * @param root the whole schema, for references
 * @param value what the form shows at first
 */
export function schemaForm(root, value) {
  return control(root, root, { label: 'Body', value, required: true, isRoot: true });
}

function control(root, reference, place) {
  const schema = resolve(root, reference);
  const value = place.value ?? schema.default;
  const known = { ...place, value, hint: schema.description };
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values) return choice(values, known);
  switch (schema.type) {
    case 'object':
      return schema.properties ? group(root, schema, known) : anything(known);
    case 'array':
      return schema.items ? list(root, schema, known) : anything(known);
    case 'boolean':
      return flag(known);
    case 'integer':
    case 'number':
      return number(schema, known);
    case 'string':
      return text(schema, known);
    default:
      return anything(known);
  }
}

/** Follows a reference into the schema. A schema that refers to itself is edited as JSON below. */
function resolve(root, schema) {
  if (typeof schema !== 'object') return {};
  if (schema.$ref === undefined) return schema;
  const keys = schema.$ref.slice(2).split('/');
  return keys.reduce((part, key) => part?.[key.replace('~1', '/').replace('~0', '~')], root) ?? {};
}

function group(root, schema, { label, value, hint, isRoot, depth = 0 }) {
  if (depth > 3) return anything({ label, value, hint });
  const needed = schema.required ?? [];
  const members = Object.entries(schema.properties).map(([name, part]) => {
    const required = needed.includes(name) && resolve(root, part).default === undefined;
    const place = { label: name, value: value?.[name], required, depth: depth + 1 };
    return [name, control(root, part, place)];
  });
  // What the schema does not name stays as it is.
  const others = Object.fromEntries(
    Object.entries(value ?? {}).filter(([name]) => !(name in schema.properties)),
  );
  const elements = members.map(([, member]) => member.element);
  const element = isRoot
    ? h('div', { class: 'group' }, ...elements)
    : h(
        'fieldset',
        {},
        h('legend', {}, label),
        hint ? h('p', { class: 'hint' }, hint) : '',
        ...elements,
      );
  const read = () => {
    const entries = members.map(([name, member]) => [name, member.read()]);
    const given = entries.filter(([, one]) => one !== undefined);
    return given.length > 0 || isRoot || value !== undefined
      ? { ...others, ...Object.fromEntries(given) }
      : undefined;
  };
  return { element, read };
}

function list(root, schema, { label, value = [], hint, required, depth = 0 }) {
  const items = h('div', { class: 'items' });
  const rows = new Set();
  const add = (one) => {
    const place = {
      label: `${label} ${rows.size + 1}`,
      value: one,
      // Without the mark: every item has a value.
      required: 'item',
      depth: depth + 1,
    };
    const item = control(root, schema.items, place);
    const remove = () => {
      rows.delete(item);
      row.remove();
      element.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const name = `Remove ${place.label}`;
    const button = h(
      'button',
      { type: 'button', class: 'plain', 'aria-label': name, click: remove },
      '×',
    );
    const row = h('div', { class: 'item' }, item.element, button);
    rows.add(item);
    items.append(row);
    return row;
  };
  const addNew = () => {
    add(undefined).querySelector('input, select, textarea')?.focus();
    element.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const button = h('button', { type: 'button', class: 'add', click: addNew }, `Add to ${label}`);
  const note = h('p', { class: 'hint' }, hint ?? '');
  const element = h('fieldset', {}, h('legend', {}, label), hint ? note : '', items, button);
  for (const one of Array.isArray(value) ? value : []) add(one);
  const read = () => {
    if (rows.size === 0 && !required) return undefined;
    return [...rows].map((item) => item.read()).filter((one) => one !== undefined);
  };
  return { element, read };
}

function choice(values, { label, value, hint, required }) {
  const names = values.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const input = select(required ? names : ['', ...names]);
  const index = values.indexOf(value);
  if (index >= 0) input.value = names[index];
  const read = () =>
    input.value === '' && !required ? undefined : values[names.indexOf(input.value)];
  return { element: field(label, input, { hint, required }), read };
}

function flag({ label, value, hint, required }) {
  const input = select(required ? ['false', 'true'] : ['', 'false', 'true']);
  if (value !== undefined) input.value = String(value);
  const read = () => (input.value === '' ? undefined : input.value === 'true');
  return { element: field(label, input, { hint, required }), read };
}

function number(schema, { label, value, hint, required }) {
  const input = h('input', {
    type: 'number',
    min: schema.minimum > Number.MIN_SAFE_INTEGER ? schema.minimum : undefined,
    max: schema.maximum < Number.MAX_SAFE_INTEGER ? schema.maximum : undefined,
    step: schema.type === 'integer' ? '1' : 'any',
    value: value ?? '',
  });
  const read = () => (input.value === '' ? undefined : Number(input.value));
  return { element: field(label, input, { hint, required }), read };
}

function text(schema, { label, value, hint, required }) {
  const input = h('input', { value: value ?? '', spellcheck: 'false', autocomplete: 'off' });
  const limits = schema.format && `Format: ${schema.format}`;
  const note = [hint, limits].filter(Boolean).join('. ');
  const read = () => (input.value === '' && !required ? undefined : input.value);
  return { element: field(label, input, { hint: note, required }), read };
}

function anything({ label, value, hint, required }) {
  const name = required ? `${label} (JSON, required)` : `${label} (JSON)`;
  const editor = jsonEditor(name, { hint, rows: 3 });
  editor.area.value = value === undefined ? '' : JSON.stringify(value, null, 2);
  const read = () => {
    try {
      return JSON.parse(editor.area.value);
    } catch {
      return undefined;
    }
  };
  return { element: editor.element, read };
}
