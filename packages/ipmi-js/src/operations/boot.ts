import { bootFlags, bootParameter, bootAcknowledge, type BootDevice } from '../commands/chassis/boot-options.js';
import { getBootOption, setBootOption } from '../commands/chassis/control.js';
import type { Sender } from '../client/sender.js';
import { pack, unpack, type Value } from '../wire/codec.js';
import { isCompletion } from '../wire/command.js';

export type BootFlags = Value<typeof bootFlags>;

export interface BootChoice {
  readonly device: BootDevice;
  /** For every boot, not only the next. */
  readonly persistent?: boolean;
  /** Boot by UEFI instead of BIOS. */
  readonly efi?: boolean;
}

const inProgress = { complete: 0, begun: 1, commit: 2 } as const;

async function setProgress(sender: Sender, state: number): Promise<void> {
  await sender.send(setBootOption, { parameter: bootParameter.setInProgress, markInvalid: false, data: Buffer.from([state]) });
}

/**
 * Says from where the machine shall boot (IPMI 2.0 28.12 and table 28-14). A BMC forgets it 60 s later when the machine is not
 * switched on or reset. `none` withdraws it.
 */
export async function setBootDevice(sender: Sender, choice: BootChoice): Promise<void> {
  const guarded = await setProgress(sender, inProgress.begun).then(
    () => true,
    (error: unknown) => {
      if (isCompletion(error)) return false;
      throw error;
    },
  );
  try {
    await acknowledge(sender);
    const flags: BootFlags = {
      efi: choice.efi ?? false,
      persistent: choice.persistent ?? false,
      valid: choice.device !== 'none',
      device: choice.device,
      lockReset: false,
      screenBlank: false,
      lockKeyboard: false,
      clearCmos: false,
      consoleRedirection: 0,
      lockSleep: false,
      bypassPassword: false,
      forceTraps: false,
      verbosity: 0,
      lockPower: false,
      muxOverride: 0,
      sharedMode: false,
      instance: 0,
    };
    await sender.send(setBootOption, { parameter: bootParameter.flags, markInvalid: false, data: pack(bootFlags, flags) });
  } finally {
    if (guarded) await setProgress(sender, inProgress.complete);
  }
}

/** Marks the flags as not yet seen by the BIOS; BMCs without that parameter do without. */
async function acknowledge(sender: Sender): Promise<void> {
  try {
    const data = pack(bootAcknowledge, { writeMask: 0x01, data: 0x01 });
    await sender.send(setBootOption, { parameter: bootParameter.acknowledge, markInvalid: false, data });
  } catch (error) {
    if (!isCompletion(error)) throw error;
  }
}

/** The boot flags as the BMC keeps them. */
export async function readBootFlags(sender: Sender): Promise<BootFlags> {
  const answer = await sender.send(getBootOption, { parameter: bootParameter.flags, set: 0, block: 0 });
  return unpack(bootFlags, answer.data);
}
