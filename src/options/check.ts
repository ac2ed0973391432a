import { type OptionRow, type OptionTable, optionTable } from './table';

/**
 * Checks the options of an embedding program as flags are checked, so that a bad one is told when the
 * server is made. What is undefined or null is not set; texts mean what they mean in flags.
 *
 * @throws BarefnError `INVALID_OPTION` that names the option
 */
export function checkOptions<Given extends object>(given: Given): Given {
  const table = optionTable();
  const options = { ...given } as Record<string, unknown>;
  for (const key in table) {
    const row: OptionRow = table[key as keyof OptionTable];
    const value = options[key];
    if (value === null) options[key] = row.initial === null ? null : undefined;
    else if (value !== undefined) options[key] = row.read(value, key);
  }
  return options as unknown as Given;
}
