import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, program, runTool } from './processes.ts';
import { startSushy, type Sushy } from './sushy.ts';

export interface RedfishMachine {
  bmc: Sushy;
  /** Of 127.0.0.1: leads to port 22 of the machine. */
  sshPort: number;
  /** What it said at its serial port, since it was made. */
  console: () => string;
  isRunning: () => boolean;
  stop: () => Promise<void>;
}

/** What the emulator tells of a system at each change. `boot_image`: drive to [file, write protected, inserted]. */
interface Told {
  uuid: string;
  power_state: 'On' | 'Off';
  boot_device?: string;
  boot_image?: Record<string, [file: string | null, writeProtected: boolean, inserted: boolean]>;
}

/**
 * A QEMU machine behind sushy-tools' Redfish service: its power, its boot device and the discs in its two drives are what the service was asked for.
 * A machine that switches itself off is seen by its BMC, as real ones are.
 */
export async function startRedfishMachine(): Promise<RedfishMachine> {
  const folder = mkdtempSync(join(tmpdir(), 'atn-redfish-machine-'));
  const sshPort = await freePort();
  const machine = new Machine(folder, sshPort);
  const server = createServer((asked, answer) => {
    let text = '';
    asked.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    asked.on('end', () => {
      machine.be(JSON.parse(text) as Told);
      answer.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bmc = await startSushy(['machine-1'], `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  machine.wentOff = (uuid) => seeItOff(bmc, uuid);
  return {
    bmc,
    sshPort,
    console: () => machine.console(),
    isRunning: () => machine.isRunning(),
    stop: async () => {
      machine.wentOff = () => undefined;
      await bmc.stop();
      await machine.off();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

class Machine {
  readonly #folder: string;
  readonly #sshPort: number;
  #child: ChildProcess | null = null;
  /** What lies in its drives, as QEMU was told last. */
  #discs: string[] = ['', ''];
  /** It switched itself off, and the service still says that it is on. */
  #unseen = false;
  /** It went off and the service did not ask for it. */
  wentOff: (uuid: string) => void = () => undefined;

  constructor(folder: string, sshPort: number) {
    this.#folder = folder;
    this.#sshPort = sshPort;
    runTool(program('qemu-img', 'qemu-utils'), ['create', '-q', '-f', 'raw', join(folder, 'disk.raw'), '1G']);
  }

  isRunning(): boolean {
    return this.#child !== null;
  }

  console(): string {
    const file = join(this.#folder, 'serial');
    return existsSync(file) ? readFileSync(file, 'latin1') : '';
  }

  be({ uuid, power_state: power, boot_device: boot, boot_image: images = {} }: Told): void {
    const discs = ['Cd', 'Cd2'].map((drive) => images[drive]?.[0] ?? '');
    if (power === 'Off') {
      this.#unseen = false;
      void this.off();
    } else if (this.#unseen) return;
    else if (this.#child === null) this.#on(uuid, boot === 'Cd' ? 'd' : 'c', discs);
    else this.#change(discs);
  }

  async off(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  #on(uuid: string, order: string, discs: string[]): void {
    const drives = discs.flatMap((file, index) => ['-drive', `id=cd${index},if=ide,index=${index},media=cdrom${file && `,file=${file}`}`]);
    const child = spawn(
      program('qemu-system-x86_64', 'qemu-system-x86'),
      [
        ...['-machine', 'pc', '-accel', 'tcg', '-cpu', 'max', '-m', '192', '-nodefaults', '-display', 'none', '-vga', 'none'],
        ...['-boot', `order=${order}`, '-drive', `file=${join(this.#folder, 'disk.raw')},format=raw,if=virtio`, ...drives],
        ...['-netdev', `user,id=n0,hostfwd=tcp:127.0.0.1:${this.#sshPort}-:22`, '-device', 'virtio-net-pci,netdev=n0,romfile='],
        ...['-chardev', `file,id=s0,append=on,path=${join(this.#folder, 'serial')}`, '-serial', 'chardev:s0'],
        ...['-monitor', `unix:${join(this.#folder, 'monitor')},server=on,wait=off`],
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    this.#child = child;
    this.#discs = discs;
    child.once('exit', () => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#unseen = true;
      this.wentOff(uuid);
    });
  }

  /** A disc that is put in or taken out while it runs. */
  #change(discs: string[]): void {
    const words = discs.flatMap((file, index) => {
      if (file === this.#discs[index]) return [];
      return [file === '' ? `eject -f cd${index}` : `change cd${index} ${file}`];
    });
    this.#discs = discs;
    if (words.length > 0) connect(join(this.#folder, 'monitor')).end(`${words.join('\n')}\n`);
  }
}

/** The service knows its machines only by what it was asked for: so it is asked for what has happened. */
function seeItOff({ url, username, password }: Sushy, uuid: string): void {
  const asked = request(`${url}/redfish/v1/Systems/${uuid}/Actions/ComputerSystem.Reset`, {
    method: 'POST',
    auth: `${username}:${password}`,
    headers: { 'content-type': 'application/json' },
    rejectUnauthorized: false, // its own certificate, made a moment ago on this machine
  });
  asked.end(JSON.stringify({ ResetType: 'ForceOff' }));
  asked.on('response', (answer) => answer.resume());
}
