/** The first value of a header in node's `rawHeaders`, names and values in turn. */
export function findHeader(rawHeaders: readonly string[], name: string): string | undefined {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    if (isHeader(rawHeaders[i] as string, name)) return rawHeaders[i + 1];
  }
  return undefined;
}

/** Whether `name` is that of a header, given in lower case. */
export function isHeader(name: string, lowerCase: string): boolean {
  return (
    name === lowerCase || (name.length === lowerCase.length && name.toLowerCase() === lowerCase)
  );
}
