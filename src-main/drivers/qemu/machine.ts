import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import type { Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import type { QemuEndpoint } from '../endpoints.ts';
import { machineFiles, readSettings, writeSettings, type MachineFiles, type MachineSettings } from './machine-files.ts';
import { killMachine, machineProcess, makeDisk, startMachine } from './processes.ts';
import { Qmp } from './qmp.ts';

/** ms */
const START_LIMIT = 15_000;
const END_LIMIT = 5000;
const PACE = 40;

/** A virtual machine. It knows nothing by heart: files and sockets in its folder say what is, so it is found again after a restart. */
export class Machine {
  readonly endpoint: QemuEndpoint;
  readonly files: MachineFiles;

  constructor(endpoint: QemuEndpoint) {
    this.endpoint = endpoint;
    this.files = machineFiles(endpoint.folder);
  }

  /** Works with the running machine's monitor; `undefined` is given when it is off. */
  async withMonitor<T>(work: (monitor: Qmp | undefined) => Promise<T>): Promise<T> {
    const monitor = await Qmp.open(this.files.qmp);
    try {
      return await work(monitor);
    } finally {
      monitor?.close();
    }
  }

  async start({ permit, signal }: Task): Promise<void> {
    if (await this.withMonitor(async (monitor) => monitor !== undefined)) return permit();
    const { folder, disk, qmp, serial } = this.files;
    await mkdir(folder, { recursive: true });
    await this.end(); // what is left of it does not answer
    await Promise.all([qmp, serial].map((socket) => rm(socket, { force: true })));
    const size = this.endpoint.disk ?? 4;
    if (size > 0 && !existsSync(disk)) await makeDisk(disk, size);
    const settings = await readSettings(folder);
    permit();
    const hasEnded = await startMachine(this.#arguments(settings), this.files.log);
    await this.#answers(hasEnded, signal);
    if (settings.boot?.lasting === 'once') await writeSettings(folder, { boot: null });
  }

  /** Takes the power away. */
  async end(): Promise<void> {
    await this.withMonitor(async (monitor) => monitor?.execute('quit').catch(() => undefined));
    const pid = await this.#pid();
    if (pid === undefined) return;
    if (await this.#gone(END_LIMIT)) return;
    killMachine(pid);
    if (!(await this.#gone(END_LIMIT))) throw new DriverError('OOBM_REFUSED', 'The virtual machine does not end.');
  }

  #pid(): Promise<number | undefined> {
    return machineProcess(this.files.pid, this.endpoint.uuid);
  }

  async #gone(limit: number): Promise<boolean> {
    for (const end = performance.now() + limit; performance.now() < end;) {
      if ((await this.#pid()) === undefined) return true;
      await new Promise((resolve) => setTimeout(resolve, PACE));
    }
    return false;
  }

  async #answers(hasEnded: () => boolean, signal: AbortSignal): Promise<void> {
    for (const end = performance.now() + START_LIMIT; performance.now() < end && !hasEnded() && !signal.aborted;) {
      if (await this.withMonitor(async (monitor) => monitor !== undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, PACE));
    }
    const said = await readFile(this.files.log, 'utf8').catch(() => '');
    throw new DriverError('OOBM_REFUSED', `The virtual machine did not start: ${said.trim().slice(-400)}`);
  }

  /** Always emulated: a processor's own virtualisation is missing in many labs and fails late where it only seems to be there. */
  #arguments({ boot, cd, second }: MachineSettings): string[] {
    const { uuid, memory, disk, forwards } = this.endpoint;
    const ports = (forwards ?? []).map(({ from, to }) => `,hostfwd=tcp:127.0.0.1:${from}-:${to}`).join('');
    return [
      ...['-name', `atn-${uuid}`, '-uuid', uuid],
      ...['-machine', 'pc', '-accel', 'tcg', '-cpu', 'max', '-m', String(memory ?? 256)],
      ...['-nodefaults', '-display', 'none', '-vga', 'none'],
      ...['-pidfile', this.files.pid],
      ...['-qmp', `unix:${quoted(this.files.qmp)},server=on,wait=off`],
      ...[
        '-chardev',
        `socket,id=serial,path=${quoted(this.files.serial)},server=on,wait=off,logfile=${quoted(this.files.serialLog)},logappend=on`,
      ],
      ...['-serial', 'chardev:serial'],
      ...(disk === 0 ? [] : ['-drive', `file=${quoted(this.files.disk)},format=qcow2,if=virtio`]),
      ...cdDrive('cd', 0, cd),
      ...cdDrive('cd-2', 1, second),
      ...['-netdev', `user,id=net${ports}${boot?.uri === undefined ? '' : `,bootfile=${quoted(boot.uri)}`}`],
      // Without its ROM the network card does not slow every start; PXE needs it.
      ...['-device', `virtio-net-pci,netdev=net${boot?.device === 'pxe' ? '' : ',romfile='}`],
      ...['-boot', bootOrder(boot)],
    ];
  }
}

const LETTER = { disk: 'c', cdrom: 'd', pxe: 'n' } as const;

/** Disk, then CD, unless something else is wanted. */
function bootOrder(boot: MachineSettings['boot']): string {
  if (boot === null) return 'order=cd';
  return boot.lasting === 'once' ? `order=cd,once=${LETTER[boot.device]}` : `order=${LETTER[boot.device]}`;
}

/** On an IDE bus of its own, so that the first one is always the same device to what boots from it. */
function cdDrive(id: string, bus: number, file: string | null): string[] {
  const medium = file === null ? '' : `,format=raw,file=${quoted(file)}`;
  return ['-drive', `id=${id}-medium,if=none,media=cdrom${medium}`, '-device', `ide-cd,id=${id},drive=${id}-medium,bus=ide.${bus}`];
}

/** QEMU separates options by commas; a comma in a path is written twice. */
const quoted = (path: string): string => path.replaceAll(',', ',,');
