// Where things are: the repository, the user's cache folder, and the one key that names this machine's kind.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
export const machineKind = `${process.platform}-${process.arch}`;

/** Folders with sources; not every checkout has all of them yet. */
export const sourceFolders = ['src-shared', 'src-main', 'src-renderer', 'src-hub', 'packages'].filter((name) =>
  existsSync(join(root, name)),
);

/** The folder where expensive things are kept between clones; everything in it can be thrown away. */
export function cacheRoot() {
  if (process.env['ATN_CACHE']) return process.env['ATN_CACHE'];
  return join(userCache(), 'atn-workbench');
}

function userCache() {
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
}
