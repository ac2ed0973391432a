const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

/**
 * A Content-Type with `charset=utf-8`; its other parameters are kept.
 * What is no media type (RFC 9110 §8.3.1) is returned as it came.
 *
 * @param sorted whether the parameters are put in the order of their names
 */
export function withCharset(type: string, sorted = false): string {
  const [name = '', ...rest] = splitParameters(type);
  const mediaType = name.trim().toLowerCase();
  if (!new RegExp(`^${TOKEN}/${TOKEN}$`).test(mediaType)) return type;
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const at = parameter.indexOf('=');
    const key = parameter.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (new RegExp(`^${TOKEN}$`).test(key) && !parameters.has(key)) {
      parameters.set(key, parameter.slice(at + 1).trim());
    }
  }
  parameters.set('charset', 'utf-8');
  const texts = [...parameters].map(([key, value]) => `${key}=${unquote(value)}`);
  return [mediaType, ...(sorted ? texts.sort() : texts)].join('; ');
}

/** Splits at the semicolons that are outside of quoted strings. */
function splitParameters(type: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < type.length; at++) {
    const char = type[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      parts.push(type.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(type.slice(start));
  return parts;
}

/** Drops quotes that are not needed; quotes what needs them. */
function unquote(value: string): string {
  const end = value.length > 1 && value.startsWith('"') ? value.lastIndexOf('"') : 0;
  const raw = end > 0 ? value.slice(1, end).replace(/\\(.)/g, '$1') : value;
  if (new RegExp(`^${TOKEN}$`).test(raw)) return raw;
  return `"${raw.replace(/[\\"]/g, '\\$&')}"`;
}
