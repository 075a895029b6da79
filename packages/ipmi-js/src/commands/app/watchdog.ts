import { bit, bits, choice, clearBit, span } from '../../wire/bits.js';
import { empty, merge, struct, u16, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

export const watchdogUses = { 1: 'bios-frb2', 2: 'bios-post', 3: 'os-load', 4: 'sms-os', 5: 'oem' } as const;
export const watchdogActions = { 0: 'none', 1: 'hard-reset', 2: 'power-down', 3: 'power-cycle' } as const;
export const watchdogInterrupts = { 0: 'none', 1: 'smi', 2: 'nmi', 3: 'messaging' } as const;

const settings = merge(
  bits(1, { action: choice(span(0, 3), watchdogActions), interrupt: choice(span(4, 3), watchdogInterrupts) }),
  struct({ preTimeoutSeconds: u8, expiredUses: u8 }),
);

/** Get Watchdog Timer (IPMI 2.0 27.7). Countdowns are in steps of 100 ms. */
export const getWatchdog = query({
  name: 'Get Watchdog Timer',
  netFn: netFn.app,
  code: 0x25,
  request: empty,
  response: merge(
    bits(1, { use: choice(span(0, 3), watchdogUses), running: bit(6), log: clearBit(7) }),
    settings,
    struct({ initialCountdown: u16, presentCountdown: u16 }),
  ),
});

/** Set Watchdog Timer (IPMI 2.0 27.6): stops the timer unless `keepRunning`. `expiredUses` names flags to clear. */
export const setWatchdog = action({
  name: 'Set Watchdog Timer',
  netFn: netFn.app,
  code: 0x24,
  request: merge(
    bits(1, { use: choice(span(0, 3), watchdogUses), keepRunning: bit(6), log: clearBit(7) }),
    settings,
    struct({ initialCountdown: u16 }),
  ),
  response: empty,
});

/** Reset Watchdog Timer (IPMI 2.0 27.5): starts or restarts the countdown. */
export const resetWatchdog = action({
  name: 'Reset Watchdog Timer',
  netFn: netFn.app,
  code: 0x22,
  request: empty,
  response: empty,
  completionCodes: { 0x80: 'the watchdog was never set' },
});
