import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DriverError } from '../driver-error.ts';

/** The only place of this driver that starts and ends processes. */
const MISSING =
  'QEMU is not installed on this computer, so there are no virtual machines. On Debian or Ubuntu: apt-get install qemu-system-x86 qemu-utils.';

/** Starts a machine that goes on when this program ends; what it says goes to the log. Answers how to see whether it has ended. */
export async function startMachine(args: string[], log: string): Promise<() => boolean> {
  const file = openSync(log, 'a');
  try {
    const child = spawn('qemu-system-x86_64', args, { detached: true, stdio: ['ignore', file, file] });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (cause) => reject(new DriverError('OOBM_UNSUPPORTED', MISSING, { cause })));
    });
    child.unref();
    return () => child.exitCode !== null || child.signalCode !== null;
  } finally {
    closeSync(file);
  }
}

export async function makeDisk(file: string, gibibytes: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile('qemu-img', ['create', '-q', '-f', 'qcow2', file, `${gibibytes}G`], { timeout: 20_000 }, (error, _out, said) => {
      if (error === null) return resolve();
      const words = error.code === 'ENOENT' ? MISSING : `The disk of the virtual machine could not be made: ${said.trim()}.`;
      reject(new DriverError('OOBM_UNSUPPORTED', words, { cause: error }));
    });
  });
}

export function installedVersion(): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('qemu-system-x86_64', ['-version'], { timeout: 10_000 }, (error, said) => {
      if (error === null) return resolve(/version (\S+)/.exec(said)?.[1] ?? 'unknown');
      reject(new DriverError('OOBM_UNSUPPORTED', MISSING, { cause: error }));
    });
  });
}

/** The process of the machine with this UUID; undefined when it is not there, or when its number belongs to somebody else now. */
export async function machineProcess(pidFile: string, uuid: string): Promise<number | undefined> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return (await commandLine(pid)).includes(uuid) ? pid : undefined;
}

/** Ends a process that `machineProcess` found. */
export function killMachine(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return new Promise((resolve) => execFile('ps', ['-o', 'args=', '-p', String(pid)], (_error, out) => resolve(out)));
}
