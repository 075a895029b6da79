import type { BootDevice, PowerAction } from '../../../../src-shared/model/machine.ts';

export const POWER_WORDS: Readonly<Record<PowerAction, string>> = {
  on: 'Power on',
  off: 'Power off',
  cycle: 'Power cycle',
  reset: 'Reset',
  soft: 'Shut down',
};

export const BOOT_WORDS: Readonly<Record<BootDevice, string>> = {
  none: 'Its own order',
  pxe: 'Network (PXE)',
  disk: 'Disk',
  cdrom: 'CD or DVD',
  usb: 'USB',
  bios: 'BIOS setup',
  http: 'HTTP boot',
};
