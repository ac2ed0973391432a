import type { OptionRow, OptionTable } from './table';

/**
 * Checks the options of an embedding program as flags are checked, so that a bad one fails when the
 * server is made. Undefined and null mean not set; a string means what it means in a flag.
 *
 * @throws BarefnError `INVALID_OPTION` that names the option
 */
export function checkOptions<Given extends object>(given: Given): Given {
  const options = { ...given } as Record<string, unknown>;
  if (Object.keys(options).length === 0) return given;
  const table = (require('./table') as typeof import('./table')).optionTable();
  for (const key in table) {
    const row: OptionRow = table[key as keyof OptionTable];
    const value = options[key];
    if (value === null) options[key] = row.initial === null ? null : undefined;
    else if (value !== undefined) options[key] = row.read(value, key);
  }
  return options as unknown as Given;
}
