import {
  chassisIdentify,
  controlPower,
  getChassisStatus,
  isCompletion,
  isPowerOn,
  readBootFlags,
  setBootDevice,
  type Session,
} from 'ipmi-js';
import { setTimeout } from 'node:timers/promises';
import type { BootDevice } from '../capabilities.ts';
import type { Handlers, Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import { warm, type IpmiLink } from './ipmi-link.ts';

type Has<C extends keyof Handlers<IpmiLink>> = NonNullable<Handlers<IpmiLink>[C]>;

export const power: Has<'power'> = {
  read: async ({ client }) => {
    const status = await client.send(getChassisStatus, undefined);
    return { on: status.powerOn, detail: status.powerFault ? 'power fault' : null };
  },
  set: async (link, { action }, task) => {
    const { permit } = task;
    const session = await warm(link);
    // BMCs refuse these with a code that says nothing; asking first costs one question and gives a sentence.
    if (action !== 'on' && action !== 'off' && !(await isPowerOn(session))) {
      throw new DriverError('OOBM_REFUSED', `The machine is off, so it cannot be asked to ${WORDS[action]}. Switch it on instead.`);
    }
    permit();
    await controlPower(session, action).catch(async (error: unknown) => {
      if (action !== 'cycle' || !isCompletion(error, ...NO_SUCH_ACTION)) throw error;
      await cycleInSteps(session, task);
    });
    return null;
  },
};

/** Unknown command, parameter out of range, invalid field: how BMCs without a power cycle say so (optional in IPMI 2.0, table 28-4). */
const NO_SUCH_ACTION = [0xc1, 0xc9, 0xcc] as const;

async function cycleInSteps(session: Session, { permit, signal }: Task): Promise<void> {
  await controlPower(session, 'off');
  while (await isPowerOn(session)) await setTimeout(300, undefined, { signal });
  permit();
  await controlPower(session, 'on');
}

const WORDS = { cycle: 'power-cycle', reset: 'reset', soft: 'shut down' } as const;

/** What IPMI calls the devices it knows (2.0, table 28-14); the others are left to another provider. */
const TO_IPMI = { none: 'none', pxe: 'pxe', disk: 'disk', cdrom: 'cdrom', usb: 'floppy', bios: 'bios' } as const;
const FROM_IPMI: Readonly<Record<string, BootDevice>> = {
  none: 'none',
  pxe: 'pxe',
  disk: 'disk',
  cdrom: 'cdrom',
  bios: 'bios',
  floppy: 'usb',
  'remote-cdrom': 'cdrom',
  'remote-disk': 'disk',
};

export const bootDevice: Has<'bootDevice'> = {
  read: async ({ client }) => {
    const flags = await readBootFlags(client);
    if (!flags.valid) return { device: 'none', lasting: null, firmware: null };
    return {
      device: FROM_IPMI[String(flags.device)] ?? null,
      lasting: flags.persistent ? 'always' : 'once',
      firmware: flags.efi ? 'uefi' : 'bios',
    };
  },
  set: async (link, { device, lasting, firmware }, { permit }) => {
    if (device === 'http') throw new DriverError('OOBM_UNSUPPORTED', 'IPMI cannot ask for a boot over HTTP.');
    const session = await warm(link);
    permit();
    await setBootDevice(session, { device: TO_IPMI[device], persistent: lasting === 'always', efi: firmware === 'uefi' });
    return null;
  },
};

/** The longest time of Chassis Identify (IPMI 2.0, 28.5), seconds. */
const LONGEST_IDENTIFY = 255;

export const identify: Has<'identify'> = {
  read: async ({ client }) => {
    const status = await client.send(getChassisStatus, undefined);
    if (!status.identifySupported) throw new DriverError('OOBM_UNSUPPORTED', 'The BMC does not tell whether its light is on.');
    return { on: status.identifyState !== 'off' };
  },
  set: async (link, { on, seconds }, { permit }) => {
    const session = await warm(link);
    permit();
    const lasting = on && seconds === undefined;
    const length = on ? Math.min(seconds ?? LONGEST_IDENTIFY, LONGEST_IDENTIFY) : 0;
    const request = { seconds: length, force: lasting ? { indefinitely: true } : undefined };
    await session.send(chassisIdentify, request).catch(async (error: unknown) => {
      if (!lasting) throw error;
      await session.send(chassisIdentify, { seconds: length, force: undefined }); // older BMCs have no "indefinitely"
    });
    return null;
  },
};
