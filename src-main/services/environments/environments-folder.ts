import { homedir } from 'node:os';
import { join } from 'node:path';

/** Environments are a cache of the user's, shared by all homes; everything in it can be made again. */
export function environmentsFolder(variables: NodeJS.ProcessEnv = process.env): string {
  return join(variables['ATN_CACHE'] ?? join(userCache(variables), 'atn-workbench'), 'environments');
}

function userCache(variables: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return variables['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return variables['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
}
