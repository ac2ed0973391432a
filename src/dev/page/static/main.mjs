import { addLiveRegion, announce, h } from './dom.mjs';
import { FunctionView } from './function-view.mjs';
import { connect, followOthers } from './log.mjs';

const views = new Map();
let site;
let open;

const state = h('p', { class: 'connection', role: 'status' }, 'Connecting…');
const list = h('ul');
const nav = h('nav', { 'aria-label': 'Functions' }, list);
const main = h('main', { id: 'main' });
const others = h('pre', {
  class: 'log',
  tabindex: '0',
  'aria-label': 'Other output of the server',
});
const server = h(
  'details',
  { class: 'server card', hidden: true },
  h('summary', {}, 'Other output of the server'),
  others,
);
const header = h(
  'header',
  { class: 'top' },
  h('strong', {}, 'barefn'),
  h('span', {}, 'development'),
  state,
);
const skip = h('a', { class: 'skip', href: '#main' }, 'Skip to the function');
document.body.append(skip, header, nav, main);
addLiveRegion();

skip.addEventListener('click', (event) => {
  event.preventDefault();
  open?.title.focus();
});
addEventListener('hashchange', () => {
  show();
  open?.title.focus();
});
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') open?.cancel();
});
followOthers(({ text, stream }) => {
  server.hidden = false;
  others.append(h('span', { class: text.startsWith('Warning:') ? 'warning' : stream }, text));
});
await load();
connect(onState);

/** Reads what is served, and keeps the forms of what has not changed. */
async function load() {
  const before = site;
  site = await (await fetch('/_barefn/functions')).json();
  const served = new Set(site.functions.map((one) => JSON.stringify(one)));
  for (const [name, { described }] of views) {
    if (!served.has(JSON.stringify(described))) views.delete(name);
  }
  document.body.classList.toggle('single', !site.isIndex);
  if (JSON.stringify(before) !== JSON.stringify(site)) showList();
  show();
}

function showList() {
  const items = site.functions.map(({ name, type }) =>
    h(
      'li',
      {},
      h('a', { href: `#${encodeURIComponent(name)}` }, h('span', {}, name), h('small', {}, type)),
    ),
  );
  if (site.functions.some(({ type }) => type === 'typed')) {
    items.push(
      h('li', { class: 'document' }, h('a', { href: '/_barefn/openapi.json' }, 'OpenAPI document')),
    );
  }
  list.replaceChildren(...items);
}

/** Shows the function that the URL names, or the first. */
function show() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const described = site.functions.find((one) => one.name === wanted) ?? site.functions[0];
  const { name } = described;
  if (!views.has(name)) views.set(name, new FunctionView(described, site));
  open = views.get(name);
  document.title = `${name} · barefn`;
  main.replaceChildren(open.element, server);
  for (const link of list.querySelectorAll('a')) {
    if (link.hash === `#${encodeURIComponent(name)}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function onState(now) {
  state.className = `connection ${now}`;
  if (now === 'lost') {
    state.textContent = 'The server is gone. Waiting for it…';
  } else if (now === 'restarted') {
    state.textContent = `Restarted at ${new Date().toLocaleTimeString()}`;
    load().catch((error) => announce(error.message));
  } else {
    state.textContent = 'Connected';
  }
}
