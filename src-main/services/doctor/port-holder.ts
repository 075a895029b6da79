import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface Holder {
  pid: number;
  /** Its command line, as far as it can be read. */
  command: string;
}

const LISTENING = '0A';

/**
 * Who listens at a port of this computer, by /proc of Linux; null where nobody can be told: another system, or a process of another
 * user, whose files are not ours to see.
 */
export async function findHolder(port: number, protocol: 'tcp' | 'udp'): Promise<Holder | null> {
  const inodes = await inodesOf(port, protocol);
  if (inodes.size === 0) return null;
  for (const pid of await numbersIn('/proc')) {
    if (await holdsAny(pid, inodes)) return { pid: Number(pid), command: await commandOf(pid) };
  }
  return null;
}

async function inodesOf(port: number, protocol: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const file of [protocol, `${protocol}6`]) {
    const table = await readFile(`/proc/net/${file}`, 'utf8').catch(() => '');
    for (const line of table.split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/u);
      const isBound = protocol === 'udp' || state === LISTENING;
      if (isBound && Number.parseInt(local.split(':')[1] ?? '', 16) === port && inode !== undefined) found.add(`socket:[${inode}]`);
    }
  }
  return found;
}

async function holdsAny(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = join('/proc', pid, 'fd');
  for (const name of await readdir(folder).catch(() => [])) {
    if (inodes.has(await readlink(join(folder, name)).catch(() => ''))) return true;
  }
  return false;
}

export async function commandOf(pid: string): Promise<string> {
  const words = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '');
  return words.split('\0').join(' ').trim();
}

export const numbersIn = (folder: string) =>
  readdir(folder).then(
    (names) => names.filter((name) => /^\d+$/u.test(name)),
    () => [] as string[],
  );
