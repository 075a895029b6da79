import { bits, span } from '../../wire/bits.js';
import { bit } from '../../wire/bits.js';
import { empty, merge, rest, struct, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

/** Get LAN Configuration Parameters (IPMI 2.0 23.2); the bytes by number, see {@link lanParameter}. */
export const getLanParameter = query({
  name: 'Get LAN Configuration Parameters',
  netFn: netFn.transport,
  code: 0x02,
  request: merge(bits(1, { channel: span(0, 4), revisionOnly: bit(7) }), struct({ parameter: u8, set: u8, block: u8 })),
  response: struct({ revision: u8, data: rest }),
  completionCodes: { 0x80: 'the parameter is not supported' },
});

/** Set LAN Configuration Parameters (IPMI 2.0 23.1). */
export const setLanParameter = action({
  name: 'Set LAN Configuration Parameters',
  netFn: netFn.transport,
  code: 0x01,
  request: merge(bits(1, { channel: span(0, 4) }), struct({ parameter: u8, data: rest })),
  response: empty,
  completionCodes: {
    0x80: 'the parameter is not supported',
    0x81: 'another one is changing parameters',
    0x82: 'the parameter is read-only',
  },
});

/** Parameter numbers of IPMI 2.0 table 23-4. */
export const lanParameter = {
  setInProgress: 0,
  authSupport: 1,
  authEnables: 2,
  ipAddress: 3,
  ipSource: 4,
  macAddress: 5,
  subnetMask: 6,
  ipv4Header: 7,
  arpControl: 10,
  arpInterval: 11,
  gateway: 12,
  gatewayMac: 13,
  backupGateway: 14,
  backupGatewayMac: 15,
  community: 16,
  destinations: 17,
  vlanId: 20,
  vlanPriority: 21,
  cipherSuiteCount: 22,
  cipherSuites: 23,
  cipherPrivileges: 24,
  badPassword: 26,
} as const;

export const ipSources = { 0: 'unspecified', 1: 'static', 2: 'dhcp', 3: 'bios', 4: 'other' } as const;
