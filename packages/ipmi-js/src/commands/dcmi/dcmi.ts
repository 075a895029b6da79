import { bit, bits, choice, span } from '../../wire/bits.js';
import { empty, merge, reserved, rest, struct, u16, u32, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

/** Group extension id of DCMI. */
export const dcmiGroup = 0xdc;
const place = { netFn: netFn.groupExtension, group: dcmiGroup } as const;

/** Get DCMI Capabilities Info (DCMI 1.5 6.1.1): parameter 1 to 5, bytes by number. */
export const getDcmiCapabilities = query({
  ...place,
  name: 'Get DCMI Capabilities Info',
  code: 0x01,
  request: struct({ parameter: u8 }),
  response: struct({ major: u8, minor: u8, revision: u8, data: rest }),
});

/** Get Power Reading (DCMI 1.5 6.6.1), system power statistics: watts; `time` seconds since 1970, `periodMs` milliseconds. */
export const getPowerReading = query({
  ...place,
  name: 'Get DCMI Power Reading',
  code: 0x02,
  request: merge(struct({ mode: u8, rollingPeriod: u8 }), reserved(1)),
  response: merge(
    struct({ current: u16, minimum: u16, maximum: u16, average: u16, time: u32, periodMs: u32 }),
    bits(1, { active: bit(6) }),
  ),
});

export const powerLimitActions = { 0: 'none', 0x01: 'power-off', 0x11: 'log' } as const;

const limit = merge(
  bits(1, { exceptionAction: choice(span(0, 8), powerLimitActions) }),
  struct({ watts: u16, correctionMs: u32 }),
  reserved(2),
  struct({ samplingSeconds: u16 }),
);

/** Get Power Limit (DCMI 1.5 6.6.2). A BMC with no active limit answers completion code 80h and, often, the values. */
export const getPowerLimit = query({
  ...place,
  name: 'Get DCMI Power Limit',
  code: 0x03,
  request: reserved(2),
  response: merge(reserved(2), limit),
  completionCodes: { 0x80: 'no power limit is active' },
});

/** Set Power Limit (DCMI 1.5 6.6.3). */
export const setPowerLimit = action({
  ...place,
  name: 'Set DCMI Power Limit',
  code: 0x04,
  request: merge(reserved(3), limit),
  response: empty,
  completionCodes: {
    0x84: 'the power limit is out of range',
    0x85: 'the correction time is out of range',
    0x89: 'the sampling period is out of range',
  },
});

/** Activate or deactivate the power limit (DCMI 1.5 6.6.4). */
export const activatePowerLimit = action({
  ...place,
  name: 'Activate DCMI Power Limit',
  code: 0x05,
  request: merge(bits(1, { active: bit(0) }), reserved(2)),
  response: empty,
});

/** Get Asset Tag (DCMI 1.5 6.4.2), at most 16 bytes a call. */
export const getAssetTag = query({
  ...place,
  name: 'Get DCMI Asset Tag',
  code: 0x06,
  request: struct({ offset: u8, count: u8 }),
  response: struct({ length: u8, data: rest }),
});
