/** What Node’s own classes do depends on it: they are undici’s. */
export const UNDICI_MAJOR = Number.parseInt(process.versions['undici'] ?? '', 10);
