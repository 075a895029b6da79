import { bit, bits, choice, span } from '../../wire/bits.js';
import { merge, struct, u8 } from '../../wire/codec.js';

/** Boot devices of parameter 5 (IPMI 2.0 table 28-14). */
export const bootDevices = {
  0: 'none',
  1: 'pxe',
  2: 'disk',
  3: 'safe',
  4: 'diag',
  5: 'cdrom',
  6: 'bios',
  7: 'remote-floppy',
  8: 'remote-cdrom',
  9: 'remote-media',
  11: 'remote-disk',
  15: 'floppy',
} as const;
export type BootDevice = (typeof bootDevices)[keyof typeof bootDevices];

export const bootParameter = { setInProgress: 0, validClearing: 3, acknowledge: 4, flags: 5, initiator: 6 } as const;

/** Boot flags, parameter 5 (IPMI 2.0 table 28-14). `valid` is cleared by the BMC after 60 s or the next boot. */
export const bootFlags = merge(
  bits(1, { efi: bit(5), persistent: bit(6), valid: bit(7) }),
  bits(1, {
    lockReset: bit(0),
    screenBlank: bit(1),
    device: choice(span(2, 4), bootDevices),
    lockKeyboard: bit(6),
    clearCmos: bit(7),
  }),
  bits(1, {
    consoleRedirection: span(0, 2),
    lockSleep: bit(2),
    bypassPassword: bit(3),
    forceTraps: bit(4),
    verbosity: span(5, 2),
    lockPower: bit(7),
  }),
  bits(1, { muxOverride: span(0, 3), sharedMode: bit(3) }),
  struct({ instance: u8 }),
);

/** Boot info acknowledge, parameter 4: who has handled the flags. */
export const bootAcknowledge = struct({ writeMask: u8, data: u8 });

/** Reasons to keep the valid flag, parameter 3. */
export const bootValidClearing = bits(1, {
  keepOnPowerButton: bit(0),
  keepOnResetButton: bit(1),
  keepOnWatchdog: bit(2),
  keepAfterTimeout: bit(3),
  keepOnPef: bit(4),
});
