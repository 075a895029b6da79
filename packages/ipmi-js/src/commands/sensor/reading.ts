import { bit, bits, choice, clearBit, span } from '../../wire/bits.js';
import { empty, merge, optional, struct, u16, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

const sensor = struct({ sensor: u8 });

/**
 * Get Sensor Reading (IPMI 2.0 35.14). `raw` means nothing when `unavailable`. `states` holds threshold comparison
 * (bits 0-5) or asserted states (bits 0-14).
 */
export const getSensorReading = query({
  name: 'Get Sensor Reading',
  netFn: netFn.sensorEvent,
  code: 0x2d,
  request: sensor,
  response: merge(
    struct({ raw: u8 }),
    bits(1, { unavailable: bit(5), scanning: bit(6), eventMessages: bit(7) }),
    struct({ states: optional(u8), moreStates: optional(u8) }),
  ),
});

export const thresholdNames = [
  'lowerNonCritical',
  'lowerCritical',
  'lowerNonRecoverable',
  'upperNonCritical',
  'upperCritical',
  'upperNonRecoverable',
] as const;
export type ThresholdName = (typeof thresholdNames)[number];

const thresholdBytes = struct({
  lowerNonCritical: u8,
  lowerCritical: u8,
  lowerNonRecoverable: u8,
  upperNonCritical: u8,
  upperCritical: u8,
  upperNonRecoverable: u8,
});

/** Get Sensor Thresholds (IPMI 2.0 35.9): bit n of `readable` is for the n-th of {@link thresholdNames}. */
export const getSensorThresholds = query({
  name: 'Get Sensor Thresholds',
  netFn: netFn.sensorEvent,
  code: 0x27,
  request: sensor,
  response: merge(struct({ readable: u8 }), thresholdBytes),
});

/** Set Sensor Thresholds (IPMI 2.0 35.8): `which` as `readable` of the opposite. */
export const setSensorThresholds = action({
  name: 'Set Sensor Thresholds',
  netFn: netFn.sensorEvent,
  code: 0x26,
  request: merge(sensor, struct({ which: u8 }), thresholdBytes),
  response: empty,
});

/** Get Sensor Reading Factors (IPMI 2.0 35.5), for non-linear sensors: factors that hold at this raw reading. */
export const getSensorReadingFactors = query({
  name: 'Get Sensor Reading Factors',
  netFn: netFn.sensorEvent,
  code: 0x23,
  request: struct({ sensor: u8, raw: u8 }),
  response: struct({ nextReading: u8, factors: sensorFactors() }),
});

function sensorFactors() {
  return merge(
    bits(2, { mLow: span(0, 8), tolerance: span(8, 6), mHigh: span(14, 2) }),
    bits(3, { bLow: span(0, 8), accuracyLow: span(8, 6), bHigh: span(14, 2), accuracyExponent: span(18, 2), accuracyHigh: span(20, 4) }),
    bits(1, { bExponent: span(0, 4), resultExponent: span(4, 4) }),
  );
}

/** Get and Set Sensor Hysteresis (IPMI 2.0 35.7, 35.6). */
export const getSensorHysteresis = query({
  name: 'Get Sensor Hysteresis',
  netFn: netFn.sensorEvent,
  code: 0x25,
  request: struct({ sensor: u8, mask: u8 }),
  response: struct({ positive: u8, negative: u8 }),
});

/** Get Sensor Event Enable (IPMI 2.0 35.11). */
export const getSensorEventEnable = query({
  name: 'Get Sensor Event Enable',
  netFn: netFn.sensorEvent,
  code: 0x29,
  request: sensor,
  response: merge(bits(1, { scanning: bit(6), eventMessages: bit(7) }), struct({ assertions: optional(u16), deassertions: optional(u16) })),
});

/** Get Sensor Event Status (IPMI 2.0 35.13). */
export const getSensorEventStatus = query({
  name: 'Get Sensor Event Status',
  netFn: netFn.sensorEvent,
  code: 0x2b,
  request: sensor,
  response: merge(
    bits(1, { unavailable: bit(5), scanning: bit(6), eventMessages: bit(7) }),
    struct({ assertions: optional(u16), deassertions: optional(u16) }),
  ),
});

/** Get Sensor Type (IPMI 2.0 35.16). */
export const getSensorType = query({
  name: 'Get Sensor Type',
  netFn: netFn.sensorEvent,
  code: 0x2f,
  request: sensor,
  response: struct({ sensorType: u8, eventType: u8 }),
});

/** Platform Event Message (IPMI 2.0 29.3): puts an event into the SEL as if a sensor had found it. */
export const platformEvent = action({
  name: 'Platform Event Message',
  netFn: netFn.sensorEvent,
  code: 0x02,
  request: merge(
    struct({ revision: u8, sensorType: u8, sensor: u8 }),
    bits(1, { eventType: span(0, 7), assertion: clearBit(7) }),
    struct({ data1: u8, data2: optional(u8), data3: optional(u8) }),
  ),
  response: empty,
});

const pefAction = bits(1, { alert: bit(0), powerDown: bit(1), reset: bit(2), powerCycle: bit(3), oem: bit(4), diagnostic: bit(5) });

/** Get PEF Capabilities (IPMI 2.0 30.1). */
export const getPefCapabilities = query({
  name: 'Get PEF Capabilities',
  netFn: netFn.sensorEvent,
  code: 0x10,
  request: empty,
  response: struct({ version: u8, actions: pefAction, filters: u8 }),
});

/** Get Last Processed Event ID (IPMI 2.0 30.6). */
export const getLastProcessedEvent = query({
  name: 'Get Last Processed Event ID',
  netFn: netFn.sensorEvent,
  code: 0x15,
  request: empty,
  response: struct({ time: bits(4, { seconds: span(0, 32) }), lastSel: u16, lastSoftware: u16, lastBmc: u16 }),
});

export const severityNames = {
  0: 'unspecified',
  1: 'monitor',
  2: 'information',
  4: 'ok',
  8: 'non-critical',
  16: 'critical',
  32: 'non-recoverable',
} as const;
export const severity = choice(span(0, 8), severityNames);
