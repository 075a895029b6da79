import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Addresses that are not the public internet (RFC 6890): this computer, its lab and its cloud's own services. */
const PRIVATE = new BlockList();
const RANGES: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
for (const [network, prefix, family] of RANGES) PRIVATE.addSubnet(network, prefix, family);

export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1];
  const plain = mapped ?? address;
  return PRIVATE.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The look-up of a connection that refuses addresses which are not public, unless they are allowed. What it answers is what is connected to, so a name
 * cannot mean one thing when it is looked at and another when it is used.
 */
export function politeLookup(allowsPrivate: () => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const fitting = addresses.filter(({ address }) => allowsPrivate() || !isPrivateAddress(address));
      const [first] = fitting;
      if (first === undefined) return callback(Object.assign(new Error(hostname), { code: 'ATN_PRIVATE' }), '', 0);
      if (options.all === true) return callback(null, fitting);
      callback(null, first.address, first.family);
    });
  };
}

/** Whether a host is an address written as numbers: it is never looked up, so it is judged before the connection. */
export function isPrivateLiteral(hostname: string): boolean {
  const host = hostname.replaceAll(/^\[|\]$/gu, '');
  return isIP(host) !== 0 && isPrivateAddress(host);
}
