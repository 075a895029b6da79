// Making a cache entry in one move: built beside its place, then renamed, so a half-made one is never found.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Answers `folder`; when it is not there, `fill` gets an empty one to fill first. Two processes may do this at once: the first rename wins.
 * @param {string} folder
 * @param {(unfinished: string) => Promise<void>} fill
 */
export async function folderOnce(folder, fill) {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}.unfinished-`);
  try {
    await fill(unfinished);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
