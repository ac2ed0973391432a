import { BlockList, isIP } from 'node:net';
import { BarefnError } from '../../core/errors';

/** Which proxies are trusted, as in Express's setting `trust proxy`. */
export type TrustProxy = boolean | number | string | readonly string[] | TrustTest;

/** Whether the proxy at an address is trusted; `hop` counts from the connection, which is 0. */
export type TrustTest = (address: string, hop: number) => boolean;

/**
 * The test that a setting stands for: all or none, so many hops, or the proxies at these addresses
 * and subnets. `loopback`, `linklocal` and `uniquelocal` name subnets.
 *
 * @throws BarefnError `INVALID_OPTION` for an invalid setting
 */
export function trustTest(setting: unknown): TrustTest {
  if (typeof setting === 'function') return setting as TrustTest;
  if (typeof setting === 'number') return (_, hop) => hop < setting;
  if (typeof setting !== 'string' && !Array.isArray(setting)) return () => Boolean(setting);
  if (setting !== known?.setting) known = { setting, test: addressTest([setting].flat()) };
  return known.test;
}

/**
 * Checks a setting, or reads it from the text of a flag or a variable, where `1` is a number of hops.
 *
 * @throws BarefnError `INVALID_OPTION` that begins with `name`
 */
export function readTrustProxy(value: unknown, name: string): TrustProxy {
  if (typeof value === 'boolean' || typeof value === 'function') return value as TrustProxy;
  // As in Express, no setting trusts nobody.
  if (value === undefined || value === null) return false;
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= 0) return value;
    throw invalidAddress(name, String(value));
  }
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  if (/^\d{1,4}$/.test(word)) return Number(word);
  const words: unknown[] = Array.isArray(value) ? [...value] : [value];
  if (!words.every((entry) => typeof entry === 'string')) {
    throw invalidAddress(name, words.map((entry) => typeof entry).join());
  }
  try {
    addressTest(words);
  } catch (cause) {
    throw new BarefnError('INVALID_OPTION', `${name}: ${(cause as Error).message}`, { cause });
  }
  return Array.isArray(value) ? words : (value as string);
}

// Each request reads the setting, which rarely changes.
let known: { setting: unknown; test: TrustTest } | undefined;

function addressTest(entries: readonly string[]): TrustTest {
  const trusted = new BlockList();
  for (const word of entries.flatMap((entry) => entry.split(','))) {
    for (const subnet of subnetsOf(word.trim())) addSubnet(trusted, subnet);
  }
  return (address) => {
    const family = isIP(address);
    return family !== 0 && trusted.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function subnetsOf(word: string): string[] {
  switch (word) {
    case 'loopback':
      return ['127.0.0.1/8', '::1/128'];
    case 'linklocal':
      return ['169.254.0.0/16', 'fe80::/10'];
    case 'uniquelocal':
      return ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];
    default:
      return [word];
  }
}

function addSubnet(list: BlockList, subnet: string): void {
  const [address = '', length, ...rest] = subnet.split('/');
  const family = isIP(address);
  const prefix = family === 0 || rest.length > 0 ? undefined : prefixOf(length, family);
  if (prefix === undefined) throw invalidAddress('', subnet);
  list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
}

/** The bits of a subnet: all without a length; a number, or a netmask such as 255.0.0.0. */
function prefixOf(length: string | undefined, family: number): number | undefined {
  const longest = family === 4 ? 32 : 128;
  if (length === undefined) return longest;
  if (/^\d{1,3}$/.test(length)) return Number(length) <= longest ? Number(length) : undefined;
  if (family !== 4 || isIP(length) !== 4) return undefined;
  const bits = length
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : undefined;
}

function invalidAddress(name: string, value: string): BarefnError {
  return new BarefnError(
    'INVALID_OPTION',
    `${name && `${name}: `}"${value}" is not an address. Trusted proxies are true, false, a number of hops, or a list such as 10.0.0.0/8,::1,loopback.`,
  );
}
