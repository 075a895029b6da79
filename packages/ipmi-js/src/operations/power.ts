import { chassisControl, type ChassisAction } from '../commands/chassis/control.js';
import { getChassisStatus } from '../commands/chassis/status.js';
import type { Sender } from '../client/sender.js';
import { IpmiError } from '../wire/errors.js';

/** True when the machine is under power. */
export async function isPowerOn(sender: Sender): Promise<boolean> {
  return (await sender.send(getChassisStatus, undefined)).powerOn;
}

/** Asks for a power action (IPMI 2.0 28.3). Resolves when the BMC accepted it, not when the machine has done it. */
export async function controlPower(sender: Sender, action: ChassisAction): Promise<void> {
  await sender.send(chassisControl, { action });
}

/** Waits until power is as wanted, asking every `everyMs`; IpmiError POWER_TIMEOUT after `timeoutMs`. */
export async function waitForPower(sender: Sender, on: boolean, options: { timeoutMs: number; everyMs?: number }): Promise<void> {
  const began = performance.now();
  while ((await isPowerOn(sender)) !== on) {
    if (performance.now() - began > options.timeoutMs)
      throw new IpmiError('POWER_TIMEOUT', `power was not ${on ? 'on' : 'off'} after ${options.timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 500));
  }
}
