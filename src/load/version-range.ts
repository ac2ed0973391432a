import { BarefnError } from '../core/errors';
import { type Dependencies, GOOGLES } from './express4/wish';

/** Whether a range of node-semver, with or without a protocol, allows only versions below 5. */
export function isBelow5(range: string): boolean {
  const plain = range.replace(/^(?:workspace:|.*#semver:)/, '').trim();
  return plain.split('||').every((alternative) => isAlternativeBelow5(alternative.trim()));
}

function isAlternativeBelow5(alternative: string): boolean {
  const [, last] = /^\S+\s+-\s+(\S+)$/.exec(alternative) ?? [];
  if (last !== undefined) return endsBelow5('<=', last);
  const comparators = alternative.replace(/([<>=~^])\s+(?=[v\d])/g, '$1').split(/\s+/);
  return comparators.some((comparator) => {
    const [, operator = '', version] = /^([<>=~^]*)(v?\d.*)$/.exec(comparator) ?? [];
    return version !== undefined && endsBelow5(operator, version);
  });
}

function endsBelow5(operator: string, version: string): boolean {
  const [, major, rest = ''] = /^v?(\d+)(?:\.(.*))?$/.exec(version) ?? [];
  // <5 and <5.0.0-0 exclude all of 5; <5.0.1 does not.
  if (operator === '<' && major === '5') return /^(?:[0xX*]\.?){0,2}(?:-.*)?$/.test(rest);
  return Number(major) < 5 && !operator.startsWith('>');
}

/** Reads a version in package.json. */
export function readVersion(value: unknown, file: string): 4 | 5 {
  const version = Number(value);
  if (version === 4 || version === 5) return version;
  throw new BarefnError(
    'INVALID_OPTION',
    `${file}: "express" of "barefn" must be 4 or 5, not ${JSON.stringify(value)}.`,
  );
}

/** The range of Google's package in an `npm:` alias, under its own or another name. */
export function rangeOfAlias(
  range: unknown,
  dependencies: readonly Dependencies[],
): string | undefined {
  const alias = `npm:${GOOGLES}@`;
  // npm:barefn and others are not Google's package.
  const ranges =
    range === undefined ? dependencies.flatMap((some) => Object.values(some ?? {})) : [range];
  const found = ranges.map(String).find((one) => one.startsWith(alias));
  return found?.slice(alias.length);
}
