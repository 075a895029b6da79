// The packages of package-lock.json, without running their install scripts: what needs building is built by steps of its own.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';
import { must, npm, say } from '../lib/run.mjs';

/** @typedef {{ version?: string, link?: boolean, optional?: boolean }} Entry */

export async function ensureNpmPackages() {
  if (complete()) return;
  const fresh = !existsSync(join(root, 'node_modules'));
  say(`Installing the npm packages${fresh ? ' (about half a minute)' : ' that changed'} …`);
  // `npm ci` empties node_modules first; a folder in use is brought up to date in place.
  await must(npm(...(fresh ? ['ci'] : ['install', '--no-save']), '--ignore-scripts', '--no-audit', '--no-fund'), { cwd: root });
}

/** npm keeps a list of what it installed; every entry of the lock file must be in it, or be optional (made for another platform). */
function complete() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = installed[path];
    return found ? found.version === entry.version && existsSync(join(root, path)) : entry.optional === true;
  });
}

/** @returns {Record<string, Entry>} */
function packagesOf(/** @type {string} */ file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}
