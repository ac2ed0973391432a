/** A copy of an object with some members renamed; order and all other members stay. */
export function renameMembers(
  object: Record<string, unknown>,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  // fromEntries defines own members, so that a member called __proto__ stays one.
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      Object.hasOwn(names, name) ? (names[name] as string) : name,
      value,
    ]),
  );
}
