// Electron, by the way its makers meant it, else borrowed from an npm package (ADR 0002).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';
import { run, say } from '../lib/run.mjs';
import { borrowedFolder, borrowedVersion, borrowElectron } from './borrowed-electron.mjs';

const packageFolder = join(root, 'node_modules', 'electron');
const officialFolder = join(packageFolder, 'dist');

/** Where Electron is and which it is, or nothing when no way has been gone yet. */
export function findElectron() {
  if (existsSync(join(officialFolder, 'version'))) {
    const program = readFileSync(join(packageFolder, 'path.txt'), 'utf8');
    return { folder: officialFolder, program: join(officialFolder, program), version: declaredVersion(), borrowed: false };
  }
  if (!existsSync(borrowedFolder)) return undefined;
  return { folder: borrowedFolder, program: join(borrowedFolder, 'electron'), version: borrowedVersion, borrowed: true };
}

export async function ensureElectron() {
  if (findElectron()) return;
  say('Downloading Electron …');
  const { code } = await run([process.execPath, join(packageFolder, 'install.js')], { seconds: 240 });
  if (code === 0 && findElectron()) return;
  say('Its own download place cannot be reached from here.');
  await borrowElectron();
}

function declaredVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
}
