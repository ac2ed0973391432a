/**
 * Says why this version of Node is too old; undefined if it is not.
 *
 * @param versions `process.versions`; Bun and Deno report the version of Node they are compatible with
 */
export function describeOldNode(
  versions: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { node = '', bun, deno } = versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (bun || deno || major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `barefn needs Node 20.19 or later. This is ${node}.`;
}
