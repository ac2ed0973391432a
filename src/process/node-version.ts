/**
 * What is wrong with the Node that runs, if anything is.
 *
 * @param versions `process.versions`; Bun and Deno give a version of Node that they resemble
 */
export function describeOldNode(
  versions: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { node = '', bun, deno } = versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (bun || deno || major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `barefn needs Node 20.19 or later. This is ${node}.`;
}
