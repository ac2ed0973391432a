/** Values of `--host` that stand for all addresses of the machine. */
export const ALL_ADDRESSES: readonly string[] = ['0.0.0.0', '::'];

/** The URL at which this machine reaches a server: `--host` as given, or localhost. */
export function localUrl(host: string | undefined, port: number): string {
  if (!host || ALL_ADDRESSES.includes(host)) return `http://localhost:${port}/`;
  // RFC 3986 §3.2.2 puts IPv6 into brackets, RFC 6874 writes the % of a zone as %25.
  return `http://${host.includes(':') ? `[${host.replace('%', '%25')}]` : host}:${port}/`;
}
