import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import type { SutRow } from '../../store/suts.ts';
import { fine, warning, type Check } from './check.ts';

const DEVICE = '/dev/kvm';
const PROGRAM = process.platform === 'win32' ? 'qemu-system-x86_64.exe' : 'qemu-system-x86_64';

/** QEMU and KVM: only SUTs that are virtual machines need them. */
export const virtualMachines = (machines: () => Pick<SutRow, 'endpoints'>[]): Check => ({
  number: 14,
  id: 'virtual-machines',
  title: 'Virtual machines',
  group: 'computer',
  look: async () => {
    const wanted = machines().filter(({ endpoints }) => endpoints.some(({ provider }) => provider === 'qemu')).length;
    const program = await findProgram();
    if (program === null) {
      if (wanted === 0) return fine('QEMU is not there; no SUT needs it');
      return warning(
        `QEMU is not there, and ${wanted} SUTs are virtual machines.`,
        'Install it (on Debian: apt-get install qemu-system-x86).',
      );
    }
    if (process.platform !== 'linux') return fine(program);
    const there = await can(DEVICE, constants.F_OK);
    if (await can(DEVICE, constants.R_OK | constants.W_OK)) return fine(`${program}, with ${DEVICE}`);
    const slow = there ? `you may not use ${DEVICE}` : `there is no ${DEVICE}`;
    if (wanted === 0) return fine(`${program}; ${slow}, so it would be slow`);
    return warning(
      `${program}; ${slow}, so virtual machines are emulated and many times slower.`,
      there ? `Join its group: sudo usermod -aG kvm ${userInfo().username}, then sign in anew.` : 'Switch on virtualisation in the BIOS.',
    );
  },
});

async function findProgram(): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, PROGRAM);
    if (folder !== '' && (await can(path, constants.X_OK))) return path;
  }
  return null;
}

const can = (path: string, mode: number) =>
  access(path, mode).then(
    () => true,
    () => false,
  );
