import { isIPv4 } from 'node:net';
import { DriverError } from '../driver-error.ts';

/** As many as a /16 has: more is not a lab network but a mistake. */
export const MOST_ADDRESSES = 65_536;

interface Range {
  first: number;
  last: number;
}

/**
 * The IPv4 addresses of ranges as people write them: `192.0.2.7`, `192.0.2.0/24` (without its network and broadcast address),
 * `192.0.2.10-192.0.2.20` or `192.0.2.10-20`. Each once, in order. Throws BAD_REQUEST for what is none and for more than a /16 in all.
 */
export function addressesOf(ranges: readonly string[]): string[] {
  const parsed = ranges.map(parseRange);
  const asked = parsed.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (asked > MOST_ADDRESSES) {
    throw new DriverError(
      'BAD_REQUEST',
      `These are ${asked} addresses; at most ${MOST_ADDRESSES} (a /16) are searched at once. Name smaller ranges.`,
    );
  }
  const all = new Set<number>();
  for (const { first, last } of parsed) for (let address = first; address <= last; address += 1) all.add(address);
  return [...all].sort((a, b) => a - b).map(toText);
}

function parseRange(text: string): Range {
  const range = text.includes('/') ? parseNetwork(text) : parseSpan(text);
  if (range === undefined || range.first > range.last) {
    throw new DriverError('BAD_REQUEST', `"${text.trim()}" is no address range. Write 192.0.2.0/24, 192.0.2.10-192.0.2.20 or 192.0.2.7.`);
  }
  return range;
}

function parseNetwork(text: string): Range | undefined {
  const [address = '', length = ''] = text.trim().split('/');
  const bits = /^\d{1,2}$/.test(length) ? Number(length) : 99;
  if (!isIPv4(address) || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor(toNumber(address) / size) * size;
  return bits >= 31 ? { first, last: first + size - 1 } : { first: first + 1, last: first + size - 2 };
}

function parseSpan(text: string): Range | undefined {
  const [from = '', to = from, ...more] = text.split('-').map((part) => part.trim());
  if (!isIPv4(from) || more.length > 0) return undefined;
  const end = /^\d{1,3}$/.test(to) ? `${from.slice(0, from.lastIndexOf('.'))}.${to}` : to;
  return isIPv4(end) ? { first: toNumber(from), last: toNumber(end) } : undefined;
}

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const toText = (address: number): string => [24, 16, 8, 0].map((shift) => (address / 2 ** shift) & 0xff).join('.');
