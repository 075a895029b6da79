import { bit, bits, span } from '../../wire/bits.js';
import { merge, rest, struct, u16, u8 } from '../../wire/codec.js';
import { query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';
import { severity } from './reading.js';

/** Get PEF Configuration Parameters (IPMI 2.0 30.4); one parameter, its bytes by number. */
export const getPefParameter = query({
  name: 'Get PEF Configuration Parameters',
  netFn: netFn.sensorEvent,
  code: 0x13,
  request: struct({ parameter: u8, set: u8, block: u8 }),
  response: struct({ revision: u8, data: rest }),
  completionCodes: { 0x80: 'the parameter is not supported' },
});

export const pefParameter = { control: 1, actions: 2, filterCount: 5, filter: 6, policyCount: 8, policy: 9, guid: 10 } as const;

/** PEF control, parameter 1. */
export const pefControl = bits(1, { enabled: bit(0), eventsForActions: bit(1), startupDelay: bit(2), alertStartupDelay: bit(3) });

/** One event filter, parameter 6 (IPMI 2.0 17.7). FFh in a match field means any. */
export const pefFilter = merge(
  bits(1, { number: span(0, 7) }),
  bits(1, { preconfigured: span(5, 2), enabled: bit(7) }),
  bits(1, { alert: bit(0), powerOff: bit(1), reset: bit(2), powerCycle: bit(3), oem: bit(4), diagnostic: bit(5), groupControl: bit(6) }),
  bits(1, { policy: span(0, 4), groupSelector: span(4, 3) }),
  bits(1, { severity }),
  struct({ generatorLow: u8, generatorHigh: u8, sensorType: u8, sensor: u8, trigger: u8, offsets: u16, data: rest }),
);

/** One alert policy, parameter 9 (IPMI 2.0 17.11). */
export const alertPolicy = merge(
  bits(1, { number: span(0, 7) }),
  bits(1, { rule: span(0, 3), enabled: bit(3), policy: span(4, 4) }),
  bits(1, { destination: span(0, 4), channel: span(4, 4) }),
  bits(1, { alertString: span(0, 7), eventSpecific: bit(7) }),
);
