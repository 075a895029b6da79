import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a harness lives when nobody says otherwise: the folder this operating system keeps for a user's data. */
export function defaultHome(environment: NodeJS.ProcessEnv = process.env): string {
  if (process.platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'ATN Workbench');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'ATN Workbench');
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'atn-workbench');
}
