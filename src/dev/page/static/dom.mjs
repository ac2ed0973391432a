// Elements. Text is always set as text: nothing that a function sends is parsed as HTML.

let count = 0;

/** Makes an element; functions among the attributes are listeners. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (key === 'value' || key === 'checked') element[key] = value;
    else if (value === true) element.setAttribute(key, '');
    else if (value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A control with its label, and perhaps a hint that describes it. */
export function field(label, control, { hint, className = '', required = false } = {}) {
  const id = newId();
  control.id = id;
  const mark = required === true ? h('span', { class: 'required' }, 'required') : undefined;
  const parts = [h('label', { for: id }, label, mark ?? ''), control];
  if (hint) {
    control.setAttribute('aria-describedby', `${id}-hint`);
    parts.push(h('p', { class: 'hint', id: `${id}-hint` }, hint));
  }
  return h('div', { class: `field ${className}` }, ...parts);
}

export function newId() {
  count += 1;
  return `c${count}`;
}

/** An empty value stands for none. */
export function select(values) {
  const options = values.map((value) => h('option', { value }, value || '(left out)'));
  return h('select', {}, ...options);
}

/** A button that copies a text, and says so. */
export function copyButton(label, textOf) {
  const button = h('button', { type: 'button', class: 'plain' }, label);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(await textOf());
      button.textContent = 'Copied';
    } catch (error) {
      button.textContent = 'Not copied';
      announce(`Not copied: ${error.message}`);
    }
    announce(button.textContent);
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  });
  return button;
}

const live = h('p', { role: 'status', class: 'unseen', id: 'live' });

/** Adds the region that screen readers follow. */
export function addLiveRegion() {
  document.body.append(live);
}

/** Says something to screen readers. */
export function announce(text) {
  live.textContent = text;
}
