import { bit, bits, choice, span } from '../../wire/bits.js';
import { empty, merge, optional, struct, u32, u8 } from '../../wire/codec.js';
import { query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

export const powerRestorePolicies = { 0: 'always-off', 1: 'previous', 2: 'always-on', 3: 'unknown' } as const;

const frontPanel = bits(1, {
  powerOffButtonDisabled: bit(0),
  resetButtonDisabled: bit(1),
  diagnosticButtonDisabled: bit(2),
  standbyButtonDisabled: bit(3),
  powerOffButtonDisableAllowed: bit(4),
  resetButtonDisableAllowed: bit(5),
  diagnosticButtonDisableAllowed: bit(6),
  standbyButtonDisableAllowed: bit(7),
});

/** Get Chassis Status (IPMI 2.0 28.2). `frontPanel` is undefined when the BMC leaves the byte out. */
export const getChassisStatus = query({
  name: 'Get Chassis Status',
  netFn: netFn.chassis,
  code: 0x01,
  request: empty,
  response: merge(
    bits(1, {
      powerOn: bit(0),
      powerOverload: bit(1),
      powerInterlock: bit(2),
      powerFault: bit(3),
      powerControlFault: bit(4),
      powerRestorePolicy: choice(span(5, 2), powerRestorePolicies),
    }),
    bits(1, {
      lastEventAcFailed: bit(0),
      lastEventOverload: bit(1),
      lastEventInterlock: bit(2),
      lastEventFault: bit(3),
      lastEventCommand: bit(4),
    }),
    bits(1, {
      chassisIntrusion: bit(0),
      frontPanelLockout: bit(1),
      driveFault: bit(2),
      coolingFault: bit(3),
      identifyState: choice(span(4, 2), { 0: 'off', 1: 'temporary', 2: 'indefinite' }),
      identifySupported: bit(6),
    }),
    struct({ frontPanel: optional(frontPanel) }),
  ),
});

export const restartCauses = {
  0: 'unknown',
  1: 'chassis power control command',
  2: 'reset button',
  3: 'power button',
  4: 'watchdog expired',
  5: 'OEM',
  6: 'always restore policy',
  7: 'restore previous state policy',
  8: 'PEF reset',
  9: 'PEF power cycle',
  10: 'soft reset',
  11: 'RTC wake-up',
} as const;

/** Get System Restart Cause (IPMI 2.0 28.11). */
export const getRestartCause = query({
  name: 'Get System Restart Cause',
  netFn: netFn.chassis,
  code: 0x07,
  request: empty,
  response: merge(bits(1, { cause: choice(span(0, 4), restartCauses) }), struct({ channel: u8 })),
});

/** Get POH Counter (IPMI 2.0 28.14): counter times `minutesPerCount` is the time under power. */
export const getPowerOnHours = query({
  name: 'Get POH Counter',
  netFn: netFn.chassis,
  code: 0x0f,
  request: empty,
  response: struct({ minutesPerCount: u8, counter: u32 }),
});

/** Get Chassis Capabilities (IPMI 2.0 28.1). */
export const getChassisCapabilities = query({
  name: 'Get Chassis Capabilities',
  netFn: netFn.chassis,
  code: 0x00,
  request: empty,
  response: merge(
    bits(1, { intrusion: bit(0), frontPanelLockout: bit(1), diagnosticInterrupt: bit(2), powerInterlock: bit(3) }),
    struct({ fruAddress: u8, sdrAddress: u8, selAddress: u8, systemManagementAddress: u8, bridgeAddress: optional(u8) }),
  ),
});
