import { bits, choice, clearBit, span } from '../../wire/bits.js';
import { bytes, empty, merge, struct, u24 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';
import { privilegeNames } from '../privilege.js';

export const channelMedia = {
  1: 'IPMB',
  2: 'ICMB 1.0',
  3: 'ICMB 0.9',
  4: '802.3 LAN',
  5: 'serial/modem',
  6: 'other LAN',
  7: 'PCI SMBus',
  8: 'SMBus 1.0/1.1',
  9: 'SMBus 2.0',
  10: 'USB 1.x',
  11: 'USB 2.x',
  12: 'system interface',
} as const;

export const channelProtocols = {
  1: 'IPMB-1.0',
  2: 'ICMB-1.0',
  4: 'IPMI-SMBus',
  5: 'KCS',
  6: 'SMIC',
  7: 'BT-10',
  8: 'BT-15',
  9: 'TMode',
  28: 'OEM',
} as const;

/** Get Channel Info (IPMI 2.0 22.24). `vendorId` is an IANA number, 7154 (IPMI) for the standard protocols. */
export const getChannelInfo = query({
  name: 'Get Channel Info',
  netFn: netFn.app,
  code: 0x42,
  request: bits(1, { channel: span(0, 4) }),
  response: merge(
    bits(1, { channel: span(0, 4) }),
    bits(1, { medium: choice(span(0, 7), channelMedia) }),
    bits(1, { protocol: choice(span(0, 5), channelProtocols) }),
    bits(1, { activeSessions: span(0, 6), sessionSupport: choice(span(6, 2), { 0: 'none', 1: 'single', 2: 'multi', 3: 'session-based' }) }),
    struct({ vendorId: u24, auxiliary: bytes(2) }),
  ),
});

export const channelAccessModes = { 0: 'disabled', 1: 'pre-boot', 2: 'always', 3: 'shared' } as const;

const access = merge(
  bits(1, {
    mode: choice(span(0, 3), channelAccessModes),
    userLevelAuthentication: clearBit(3),
    perMessageAuthentication: clearBit(4),
    pefAlerting: clearBit(5),
  }),
  bits(1, { privilegeLimit: choice(span(0, 4), privilegeNames) }),
);

/** Get Channel Access (IPMI 2.0 22.23). */
export const getChannelAccess = query({
  name: 'Get Channel Access',
  netFn: netFn.app,
  code: 0x41,
  request: merge(bits(1, { channel: span(0, 4) }), bits(1, { which: choice(span(6, 2), { 1: 'non-volatile', 2: 'present' }) })),
  response: access,
});

const change = { 0: 'keep', 1: 'non-volatile', 2: 'present' } as const;

/** Set Channel Access (IPMI 2.0 22.22): each half says whether it is kept, stored, or set for now. */
export const setChannelAccess = action({
  name: 'Set Channel Access',
  netFn: netFn.app,
  code: 0x40,
  request: merge(
    bits(1, { channel: span(0, 4) }),
    bits(1, {
      mode: choice(span(0, 3), channelAccessModes),
      userLevelAuthentication: clearBit(3),
      perMessageAuthentication: clearBit(4),
      pefAlerting: clearBit(5),
      changeAccess: choice(span(6, 2), change),
    }),
    bits(1, { privilegeLimit: choice(span(0, 4), privilegeNames), changeLimit: choice(span(6, 2), change) }),
  ),
  response: empty,
  completionCodes: { 0x82: 'not possible for a channel without sessions', 0x83: 'the access mode is not supported' },
});
