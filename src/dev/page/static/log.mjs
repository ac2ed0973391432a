// What the process writes, and whether it is there.

const lines = [];
const listeners = new Set();
let instance;

/** Calls back for every line of a request, also those that came before. Gives a function that ends it. */
export function followRequest(id, callback) {
  const listener = (line) => line.id === id && callback(line);
  lines.forEach(listener);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls back for lines of no request. */
export function followOthers(callback) {
  listeners.add((line) => line.id === undefined && callback(line));
}

/** Connects to the server, again and again: `onState` gets "connected", "restarted" or "lost". */
export function connect(onState) {
  const source = new EventSource('/_barefn/log');
  source.addEventListener('process', ({ data }) => {
    const state = instance === undefined || instance === data ? 'connected' : 'restarted';
    instance = data;
    onState(state);
  });
  source.addEventListener('message', ({ data }) => {
    const line = JSON.parse(data);
    lines.push(line);
    if (lines.length > 1000) lines.shift();
    for (const listener of listeners) listener(line);
  });
  source.addEventListener('error', () => {
    onState('lost');
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(() => connect(onState), 500);
  });
}
