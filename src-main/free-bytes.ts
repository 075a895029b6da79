import { statfs } from 'node:fs/promises';

/** Bytes that are free for this user on the disk of a folder; null where the system cannot say. */
export async function freeBytes(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? null : disk.bavail * disk.bsize;
}
