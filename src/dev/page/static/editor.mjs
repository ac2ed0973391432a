import { field, h, newId } from './dom.mjs';
import { findJsonError, indent, snippet } from './json.mjs';

/**
 * A text area for JSON: it keeps the indentation, and shows where the text is wrong.
 *
 * @param isJson whether the text is to be checked
 */
export function jsonEditor(label, { hint, isJson = () => true, rows = 6 } = {}) {
  const area = h('textarea', { rows, spellcheck: 'false', autocapitalize: 'off' });
  const message = h('p', { class: 'problem', id: newId() });
  const excerpt = h('pre', { class: 'excerpt' });
  const goTo = h('button', { type: 'button', class: 'link' });
  const problem = h(
    'div',
    { class: 'problems', role: 'alert', hidden: true },
    message,
    excerpt,
    goTo,
  );
  const format = h('button', { type: 'button', class: 'link' }, 'Indent');
  const body = field(label, area, { hint, className: 'code' });
  body.querySelector('label').after(format);
  body.append(problem);
  let found;

  const check = () => {
    const text = area.value;
    found = text.trim() !== '' && isJson(text) ? findJsonError(text) : undefined;
    problem.hidden = found === undefined;
    area.removeAttribute('aria-invalid');
    if (found === undefined) return true;
    area.setAttribute('aria-invalid', 'true');
    area.setAttribute('aria-errormessage', message.id);
    message.textContent = `Not JSON: line ${found.line}, column ${found.column}: ${found.message}.`;
    excerpt.textContent = snippet(text, found);
    goTo.textContent = `Go to line ${found.line}`;
    return false;
  };
  goTo.addEventListener('click', () => {
    area.focus();
    area.setSelectionRange(found.at, Math.min(found.at + 1, area.value.length));
  });
  format.addEventListener('click', () => {
    if (!check()) return;
    area.value = indent(area.value);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
  area.addEventListener('change', check);
  area.addEventListener('input', () => {
    // A new error is shown when the text is complete; one that is shown follows the text.
    if (found !== undefined) check();
  });
  area.addEventListener('keydown', (event) => keepIndentation(event, area));
  return { element: body, area, check };
}

/** On Enter, the new line begins as the one before. */
function keepIndentation(event, area) {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const before = area.value.slice(0, area.selectionStart);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const [spaces] = /^[ \t]*/.exec(line);
  const more = /[[{]\s*$/.test(line) ? '  ' : '';
  area.setRangeText(`\n${spaces}${more}`, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
