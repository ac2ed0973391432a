import { BlockList, isIP } from 'node:net';
import { BarefnError } from '../errors';

/** Which of the proxies in front are believed, as Express's setting `trust proxy` says it. */
export type TrustProxy = boolean | number | string | readonly string[] | TrustTest;

/** Whether the proxy at an address is believed; `hop` counts from the connection, which is 0. */
export type TrustTest = (address: string, hop: number) => boolean;

/**
 * The test that a setting stands for: all or none, so many hops, or the proxies at these addresses
 * and subnets. `loopback`, `linklocal` and `uniquelocal` name subnets.
 *
 * @throws BarefnError `INVALID_OPTION` for what is no address
 */
export function trustTest(setting: unknown): TrustTest {
  if (typeof setting === 'function') return setting as TrustTest;
  if (typeof setting === 'number') return (_, hop) => hop < setting;
  if (typeof setting !== 'string' && !Array.isArray(setting)) return () => Boolean(setting);
  if (setting !== known?.setting) known = { setting, test: addressTest([setting].flat().join()) };
  return known.test;
}

/** Reads the text of an option: true, false, a number of hops, or addresses. */
export function readTrustProxy(text: string, name: string): boolean | number | string {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  if (/^\d{1,4}$/.test(word)) return Number(word);
  try {
    addressTest(text);
  } catch (cause) {
    throw new BarefnError('INVALID_OPTION', `${name}: ${(cause as Error).message}`, { cause });
  }
  return text;
}

// A setting is read by each request and changes hardly ever.
let known: { setting: unknown; test: TrustTest } | undefined;

function addressTest(list: string): TrustTest {
  const trusted = new BlockList();
  for (const word of list.split(',')) {
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
  const longest = family === 4 ? 32 : 128;
  const prefix = length === undefined ? longest : Number(/^\d{1,3}$/.exec(length)?.[0] ?? '-1');
  if (family === 0 || rest.length > 0 || prefix < 0 || prefix > longest) {
    throw new BarefnError(
      'INVALID_OPTION',
      `"${subnet}" is no address. Trusted proxies are true, false, a number of hops, or a list such as 10.0.0.0/8,::1,loopback.`,
    );
  }
  list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
}
