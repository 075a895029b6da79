import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunServices } from './run-services.ts';

const RESERVE_BYTES = 1024 * 1024;
const LONGEST_PAUSE_MS = 5000;

/** A file that is given up when the disk is full, so that the end of a run can be written and its SUTs come free. */
export class DiskRoom {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Makes the reserve where it is missing; on a full disk there is none. */
  async keep(): Promise<void> {
    if (existsSync(this.#file)) return;
    try {
      const handle = await open(this.#file, 'wx');
      try {
        await handle.writeFile(randomBytes(RESERVE_BYTES)); // not zeros: some file systems store those without using room
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch {
      await rm(this.#file, { force: true });
    }
  }

  /** Does what must be done, now or as soon as there is room for it. Other errors are thrown at once; so is this one when leaving. */
  async surely<T>(work: () => T | Promise<T>, leaving: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isDiskFull(error) || leaving.aborted) throw error;
        await rm(this.#file, { force: true });
        await wait(Math.min(50 * attempt ** 2, LONGEST_PAUSE_MS), undefined, { signal: leaving }).catch(() => undefined);
      }
    }
  }
}

export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:ENOSPC|EDQUOT|DISK_FULL|SQLITE_FULL|SQLITE_IOERR_(?:WRITE|FSYNC|SHMSIZE|TRUNCATE))$/u.test(code);
}

/** How a run ends that had no room. */
export const NO_ROOM = {
  code: 'DISK_FULL',
  message: 'The disk is full, so this run could not do its work. Free some space and start it again.',
  cause: 'infrastructure',
} as const;

/** Whether words of another program mean a full disk. */
export function saysNoRoom(text: string): boolean {
  return /No space left on device|ENOSPC|EDQUOT|disk is full|SQLITE_FULL/iu.test(text);
}

/** Whether this little room is left, bytes, that what failed has failed for it. */
const NEXT_TO_NOTHING = 512 * 1024;

export async function isRoomGone({ freeBytes, runsFolder }: Pick<RunServices, 'freeBytes' | 'runsFolder'>): Promise<boolean> {
  const free = await freeBytes(runsFolder);
  return free !== null && free < NEXT_TO_NOTHING;
}
