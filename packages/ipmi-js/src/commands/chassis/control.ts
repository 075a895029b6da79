import { bit, bits, choice, span } from '../../wire/bits.js';
import { empty, merge, optional, rest, struct, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

export const chassisActions = { 0: 'off', 1: 'on', 2: 'cycle', 3: 'reset', 4: 'diag', 5: 'soft' } as const;
export type ChassisAction = (typeof chassisActions)[keyof typeof chassisActions];

/** Chassis Control (IPMI 2.0 28.3). Completion says the action was begun, not that the machine reached the state. */
export const chassisControl = action({
  name: 'Chassis Control',
  netFn: netFn.chassis,
  code: 0x02,
  request: bits(1, { action: choice(span(0, 4), chassisActions) }),
  response: empty,
});

/** Chassis Identify (IPMI 2.0 28.5): `seconds` 0 switches it off; `indefinitely` overrides it where supported. */
export const chassisIdentify = action({
  name: 'Chassis Identify',
  netFn: netFn.chassis,
  code: 0x04,
  request: struct({ seconds: optional(u8), force: optional(bits(1, { indefinitely: bit(0) })) }),
  response: empty,
});

/** Set Power Restore Policy (IPMI 2.0 28.8); `no-change` only reads. The answer says what the BMC supports. */
export const setPowerRestorePolicy = action({
  name: 'Set Power Restore Policy',
  netFn: netFn.chassis,
  code: 0x06,
  request: bits(1, { policy: choice(span(0, 3), { 0: 'always-off', 1: 'previous', 2: 'always-on', 3: 'no-change' }) }),
  response: bits(1, { alwaysOff: bit(0), previous: bit(1), alwaysOn: bit(2) }),
});

/** Set System Boot Options (IPMI 2.0 28.12): one parameter, its bytes by number (see boot-options.ts). */
export const setBootOption = action({
  name: 'Set System Boot Options',
  netFn: netFn.chassis,
  code: 0x08,
  request: merge(bits(1, { parameter: span(0, 7), markInvalid: bit(7) }), struct({ data: rest })),
  response: empty,
  completionCodes: {
    0x80: 'the boot option is not supported',
    0x81: 'another one is changing boot options',
    0x82: 'the boot option is read-only',
  },
});

/** Get System Boot Options (IPMI 2.0 28.13). */
export const getBootOption = query({
  name: 'Get System Boot Options',
  netFn: netFn.chassis,
  code: 0x09,
  request: struct({ parameter: u8, set: u8, block: u8 }),
  response: merge(bits(1, { version: span(0, 4) }), bits(1, { parameter: span(0, 7), invalid: bit(7) }), struct({ data: rest })),
  completionCodes: { 0x80: 'the boot option is not supported' },
});
