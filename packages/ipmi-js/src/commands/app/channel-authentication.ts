import { bit, bits, choice, clearBit, span } from '../../wire/bits.js';
import { bytes, merge, optional, rest, struct, u24, u8 } from '../../wire/codec.js';
import { query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';
import { privilegeNames } from '../privilege.js';

/** The channel a request came in on. */
export const thisChannel = 0x0e;

/** Get Channel Authentication Capabilities (IPMI 2.0 22.13). Sent before a session; nothing in the answer is protected. */
export const getChannelAuthenticationCapabilities = query({
  name: 'Get Channel Authentication Capabilities',
  netFn: netFn.app,
  code: 0x38,
  request: merge(bits(1, { channel: span(0, 4), wantsIpmi20: bit(7) }), bits(1, { privilege: choice(span(0, 4), privilegeNames) })),
  response: merge(
    bits(1, { channel: span(0, 4) }),
    bits(1, { none: bit(0), md2: bit(1), md5: bit(2), password: bit(4), oem: bit(5), extended: bit(7) }),
    bits(1, {
      anonymousLogin: bit(0),
      nullUserNames: bit(1),
      nonNullUserNames: bit(2),
      userLevelAuthentication: clearBit(3),
      perMessageAuthentication: clearBit(4),
      kgSet: bit(5),
    }),
    bits(1, { ipmi15: bit(0), ipmi20: bit(1) }),
    struct({ oemId: u24, oemData: optional(u8) }),
  ),
});

/** Get Channel Cipher Suites (IPMI 2.0 22.15), 16 bytes of records a call; ask again with the next index until fewer come. */
export const getChannelCipherSuites = query({
  name: 'Get Channel Cipher Suites',
  netFn: netFn.app,
  code: 0x54,
  request: merge(bits(1, { channel: span(0, 4) }), struct({ payloadType: u8 }), bits(1, { index: span(0, 6), bySuite: bit(7) })),
  response: merge(bits(1, { channel: span(0, 4) }), struct({ records: rest })),
});

/** One entry of a BMC's list. */
export interface CipherSuiteRecord {
  readonly id: number;
  /** IANA number of the maker for OEM suites. */
  readonly oem?: number;
  readonly algorithms: readonly number[];
}

/** Takes the joined record bytes apart (IPMI 2.0 table 22-19); stops at the first byte that begins no record. */
export function parseCipherSuiteRecords(data: Uint8Array): CipherSuiteRecord[] {
  const out: CipherSuiteRecord[] = [];
  let at = 0;
  while (at < data.length) {
    const start = data[at];
    const isOem = start === 0xc1;
    if ((start !== 0xc0 && !isOem) || at + (isOem ? 5 : 2) > data.length) break;
    const id = data[at + 1] ?? 0;
    const oem = isOem ? (data[at + 2] ?? 0) | ((data[at + 3] ?? 0) << 8) | ((data[at + 4] ?? 0) << 16) : undefined;
    at += isOem ? 5 : 2;
    const algorithms: number[] = [];
    for (; at < data.length && (data[at] ?? 0) < 0xc0; at += 1) algorithms.push(data[at] ?? 0);
    out.push(oem === undefined ? { id, algorithms } : { id, oem, algorithms });
  }
  return out;
}

const challengeField = bytes(16);

/** Get Session Challenge, IPMI 1.5 sessions (IPMI 2.0 22.16). */
export const getSessionChallenge = query({
  name: 'Get Session Challenge',
  netFn: netFn.app,
  code: 0x39,
  request: struct({ authType: u8, username: bytes(16) }),
  response: struct({ temporarySessionId: bytes(4), challenge: challengeField }),
  completionCodes: { 0x81: 'the user name is not known', 0x82: 'the null user is not enabled' },
});
