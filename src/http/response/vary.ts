import { trimSpaces } from '../headers/conditional';

/**
 * Adds field names to a `Vary` value. RFC 9110 §12.5.5
 * @throws TypeError for no name or one that is no token
 */
export function mergeVary(before: string, names: string | string[]): string {
  if (!names) throw new TypeError('A field name is required for Vary.');
  const added = Array.isArray(names) ? names : splitList(String(names));
  for (const name of added) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
      throw new TypeError(`"${name}" is not a field name and cannot be in Vary.`);
    }
  }
  const known = new Set(splitList(before.toLowerCase()));
  if (known.has('*') || added.includes('*')) return '*';
  let value = before;
  for (const name of added) {
    if (known.has(name.toLowerCase())) continue;
    known.add(name.toLowerCase());
    value = value ? `${value}, ${name}` : name;
  }
  return value;
}

function splitList(value: string): string[] {
  return value.split(',').map((name) => trimSpaces(name));
}
