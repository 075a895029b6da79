import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** What is set for the next start; kept in the machine's folder, so that it outlives everything. */
const Settings = z.object({
  /** Of the boot: `once` for the next start only. */
  boot: z.object({ device: z.enum(['disk', 'cdrom', 'pxe']), lasting: z.enum(['once', 'always']), uri: z.string().optional() }).nullable(),
  /** File in the CD drive. */
  cd: z.string().nullable(),
  /** File in the second one; machines that are older than it have none. */
  second: z.string().nullable().default(null),
});
export type MachineSettings = z.infer<typeof Settings>;

const NOTHING_SET: MachineSettings = { boot: null, cd: null, second: null };

export interface MachineFiles {
  folder: string;
  disk: string;
  /** Console output since the machine was made; the machine appends to it. */
  serialLog: string;
  /** What QEMU itself says. */
  log: string;
  pid: string;
  qmp: string;
  serial: string;
}

/** Longest path of a Unix socket, with room for its end. */
const LONGEST_SOCKET = 90;

/** Where everything of a machine is. Sockets have short paths by the system's law; where the folder's is too long they lie in the temporary one. */
export function machineFiles(folder: string): MachineFiles {
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const sockets = folder.length <= LONGEST_SOCKET ? join(folder, 'q') : join(tmpdir(), `atn-qemu-${mark}`);
  return {
    folder,
    disk: join(folder, 'disk.qcow2'),
    serialLog: join(folder, 'serial.log'),
    log: join(folder, 'qemu.log'),
    pid: join(folder, 'pid'),
    qmp: `${sockets}.qmp`,
    serial: `${sockets}.serial`,
  };
}

export async function readSettings(folder: string): Promise<MachineSettings> {
  const text = await readFile(join(folder, 'settings.json'), 'utf8').catch(() => null);
  if (text === null) return NOTHING_SET;
  const parsed = Settings.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : NOTHING_SET;
}

export async function writeSettings(folder: string, change: Partial<MachineSettings>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const settings = { ...(await readSettings(folder)), ...change };
  const file = join(folder, 'settings.json');
  await writeFile(`${file}.new`, JSON.stringify(settings));
  await rename(`${file}.new`, file);
}
