/** The style of the page that lists the functions. */
export const pageStyle = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif;accent-color:#2563eb}
body{margin:0}main{max-width:52rem;margin:auto;padding:1.5rem 1rem 4rem}
article{border:1px solid #8885;border-radius:.75rem;padding:1rem 1.25rem;margin:1rem 0}
h2{margin:0 0 .75rem;font-size:1.2rem;overflow-wrap:anywhere}
small{font-size:.8rem;font-weight:500;border:1px solid #8888;border-radius:1rem;padding:.1rem .6rem}
form{display:flex;flex-wrap:wrap;gap:.75rem}label{font-size:.85rem}.wide{flex:1 1 14rem}.all{flex:1 1 100%}
input,select,textarea{display:block;box-sizing:border-box;width:100%;padding:.4rem;font:.9rem ui-monospace,monospace}
button{padding:.5rem 1.5rem;font:inherit;font-weight:600;color:#fff;background:#2563eb;border:0;border-radius:.5rem;cursor:pointer}
pre{margin:.5rem 0 0;padding:.75rem;max-height:24rem;overflow:auto;background:#8882;border-radius:.5rem;white-space:pre-wrap;overflow-wrap:anywhere}
p{margin:.75rem 0 0;font-weight:600}`;

/** Its script. It shows what functions send as text, never as HTML. */
export const pageScript = `
for (const form of document.forms) {
  const { elements } = form, output = form.nextElementSibling;
  const add = (name, text) => {
    const child = output.appendChild(document.createElement(name));
    child.textContent = text;
    if (name === 'pre') child.tabIndex = 0;
  };
  const fill = async () => {
    const answer = await fetch('/?event=' + elements.event.value + '&mode=' + elements.mode.value);
    output.replaceChildren();
    if (!answer.ok) return add('p', await answer.text());
    const { path, headers, body } = await answer.json();
    elements.path.value = form.dataset.path + (path === '/' ? '' : path);
    elements.headers.value = Object.entries(headers).map((field) => field.join(': ')).join('\\n');
    elements.body.value = body;
  };
  const send = async () => {
    const headers = new Headers(), method = elements.method.value;
    for (const line of elements.headers.value.split('\\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    }
    const body = /GET|HEAD/.test(method) ? '' : elements.body.value;
    if (/^\\s*[[{]/.test(body) && !headers.has('content-type')) headers.set('content-type', 'application/json');
    const start = performance.now();
    const answer = await fetch(new URL(elements.path.value, location.origin), { method, headers, body: body || null });
    const text = await answer.text();
    const ms = Math.round(performance.now() - start);
    output.replaceChildren();
    add('p', answer.status + ' ' + answer.statusText + ', ' + ms + ' ms' + (answer.redirected ? ', from ' + answer.url : ''));
    if (elements.event) {
      const by = elements.event.value === 'pubsub' ? '&by=pubsub' : '';
      add('div', await (await fetch('/?status=' + answer.status + by)).text());
    }
    add('pre', [...answer.headers].map((field) => field.join(': ')).join('\\n'));
    if (text) add('pre', text);
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    output.textContent = 'Sending…';
    send().catch((error) => { output.replaceChildren(); add('p', 'No answer: ' + error.message); });
  };
  if (elements.event) {
    elements.event.onchange = elements.mode.onchange = fill;
    fill();
  }
}
`;
