import { access, constants, mkdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Args, BootOverride, FirmwareItem, Identity, PowerState, VirtualDrive } from '../capabilities.ts';
import type { Driver, Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import type { QemuEndpoint } from '../endpoints.ts';
import { isJson } from './json-line.ts';
import { readSettings, writeSettings } from './machine-files.ts';
import { Machine } from './machine.ts';
import { installedVersion } from './processes.ts';
import { SerialStream } from './serial-stream.ts';

/** A machine of this computer, for testers without hardware. */
export const qemuDriver: Driver<QemuEndpoint, Machine> = {
  address: ({ folder }) => folder,
  open: (endpoint) => new Machine(endpoint),
  close: async () => undefined, // it goes on without us
  handlers: {
    identity: { read: readIdentity },
    power: { read: readPower, set: setPower },
    bootDevice: { read: readBoot, set: setBoot },
    virtualMedia: { read: readMedia, insert: insertImage, eject: ejectImage },
    firmware: { read: readFirmware },
  },
  openConsole: async ({ files }) => {
    await mkdir(files.folder, { recursive: true });
    return new SerialStream(files);
  },
};

async function readIdentity({ endpoint }: Machine): Promise<Identity> {
  return {
    uuid: endpoint.uuid.toLowerCase(),
    manufacturer: 'QEMU',
    model: 'Standard PC (emulated)',
    serial: null,
    assetTag: null,
    hostName: null,
    bmcVersion: null,
    biosVersion: null,
  };
}

async function readPower(machine: Machine): Promise<PowerState> {
  return machine.withMonitor(async (monitor) => {
    if (monitor === undefined) return { on: false, detail: null };
    const status = await monitor.execute('query-status');
    const word = isJson(status) ? String(status['status']) : 'unknown';
    return { on: true, detail: word === 'running' ? null : word };
  });
}

const WORDS = { cycle: 'power-cycle', reset: 'reset', soft: 'shut down' } as const;

async function setPower(machine: Machine, { action }: Args<'power', 'set'>, task: Task): Promise<null> {
  if (action === 'on') await machine.start(task);
  else if (action === 'off') {
    task.permit();
    await machine.end();
  } else await changeRunning(machine, action, task);
  return null;
}

async function changeRunning(machine: Machine, action: 'cycle' | 'reset' | 'soft', task: Task): Promise<void> {
  const { boot } = await readSettings(machine.endpoint.folder);
  const restart = await machine.withMonitor(async (monitor) => {
    if (monitor === undefined) {
      throw new DriverError('OOBM_REFUSED', `The machine is off, so it cannot be asked to ${WORDS[action]}. Switch it on instead.`);
    }
    // The boot order is fixed when QEMU starts, so a reset with a new order is a new start.
    if (action === 'cycle' || (action === 'reset' && boot !== null)) return true;
    task.permit();
    await monitor.execute(action === 'reset' ? 'system_reset' : 'system_powerdown');
    return false;
  });
  if (!restart) return;
  task.permit();
  await machine.end();
  await machine.start(task);
}

async function readBoot({ endpoint }: Machine): Promise<BootOverride> {
  const { boot } = await readSettings(endpoint.folder);
  return { device: boot?.device ?? 'none', lasting: boot?.lasting ?? null, firmware: 'bios' };
}

async function setBoot(
  { endpoint }: Machine,
  { device, lasting, firmware, uri }: Args<'bootDevice', 'set'>,
  { permit }: Task,
): Promise<null> {
  if (device === 'usb' || device === 'bios' || device === 'http' || firmware === 'uefi') {
    throw new DriverError('OOBM_UNSUPPORTED', 'A virtual machine boots by BIOS from its disk, its CD drive or the network only.');
  }
  permit();
  await writeSettings(endpoint.folder, { boot: device === 'none' ? null : { device, lasting, ...(uri === undefined ? {} : { uri }) } });
  return null;
}

/** Its drives, by the name of their QEMU device: where the file stands in the settings, and what people call it. */
const DRIVES = [
  { id: 'cd', setting: 'cd', name: 'CD drive' },
  { id: 'cd-2', setting: 'second', name: 'Second CD drive' },
] as const;

async function readMedia({ endpoint }: Machine): Promise<VirtualDrive[]> {
  const settings = await readSettings(endpoint.folder);
  return DRIVES.map(({ id, setting, name }) => ({
    id,
    name,
    kinds: ['cd'],
    image: settings[setting],
    inserted: settings[setting] !== null,
  }));
}

async function insertImage(
  machine: Machine,
  { image, drive, kind }: Args<'virtualMedia', 'insert'>,
  { permit }: Task,
): Promise<{ drive: string }> {
  const chosen = DRIVES.find(({ id }) => id === (drive ?? 'cd'));
  if (chosen === undefined || kind === 'usb')
    throw new DriverError('OOBM_UNSUPPORTED', 'A virtual machine has the drives cd and cd-2 only.');
  const readable = await access(image, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!isAbsolute(image) || !readable) {
    throw new DriverError('BAD_REQUEST', `${image} cannot be read. A virtual machine takes an image by its full path on this computer.`);
  }
  permit();
  await machine.withMonitor(async (monitor) =>
    monitor?.execute('blockdev-change-medium', { id: chosen.id, filename: image, format: 'raw', force: true }),
  );
  await writeSettings(machine.endpoint.folder, { [chosen.setting]: image });
  return { drive: chosen.id };
}

/** Without a drive: all of them. */
async function ejectImage(machine: Machine, { drive }: Args<'virtualMedia', 'eject'>, { permit }: Task): Promise<null> {
  const chosen = DRIVES.filter(({ id }) => drive === undefined || id === drive);
  if (chosen.length === 0) throw new DriverError('OOBM_UNSUPPORTED', 'A virtual machine has the drives cd and cd-2 only.');
  permit();
  for (const { id, setting } of chosen) {
    await machine.withMonitor(async (monitor) => {
      if (monitor === undefined) return;
      // Opened and emptied in one: between two commands the machine's firmware may close its tray again.
      await monitor.execute('eject', { id, force: true });
      await monitor.execute('blockdev-close-tray', { id });
    });
    await writeSettings(machine.endpoint.folder, { [setting]: null });
  }
  return null;
}

/** Of the QEMU that is installed: what a machine that is on was started with, unless QEMU was replaced under it. */
async function readFirmware(): Promise<FirmwareItem[]> {
  return [{ id: 'qemu', name: 'QEMU', version: await installedVersion(), updateable: false }];
}
