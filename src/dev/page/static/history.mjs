// The requests of this tab. They survive a reload and a restart, and end with the tab: they may hold
// credentials, and other programs will be served at this address.

const MOST = 20;

/** Newest first. */
export function readHistory(name) {
  return read(`history ${name}`) ?? [];
}

export function addToHistory(name, entry) {
  const request = JSON.stringify(entry.request);
  const others = readHistory(name).filter((one) => JSON.stringify(one.request) !== request);
  write(`history ${name}`, [entry, ...others].slice(0, MOST));
}

export function clearHistory(name) {
  sessionStorage.removeItem(`history ${name}`);
}

/** What a form held when the page was left. */
export function readDraft(name) {
  return read(`draft ${name}`);
}

export function saveDraft(name, request) {
  write(`draft ${name}`, request);
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The storage is full.
  }
}
