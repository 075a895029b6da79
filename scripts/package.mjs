// Packages the built app. `--for-tests`: into dist/test, with the one fuse that Playwright needs; `--installers`: what users install.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findElectron } from './bootstrap/electron.mjs';
import { ensure } from './bootstrap/ensure.mjs';
import { build } from './build.mjs';
import { root } from './lib/places.mjs';
import { must, say, script } from './lib/run.mjs';
import { isFresh, sourcesKey } from './lib/sources.mjs';

/** @param {{ forTests?: boolean, installers?: boolean }} how */
export async function packageApp({ forTests = false, installers = false }) {
  const output = join(root, 'dist', forTests ? 'test' : 'release');
  const key = sourcesKey(['electron-builder.yml', 'resources', 'scripts/package.mjs']);
  if (!installers && isFresh(output, key)) return;
  await build();
  say('Packaging …');
  rmSync(output, { recursive: true, force: true });
  const electron = findElectron();
  if (!electron) throw new Error('Electron is gone from the cache; type the command again.');
  if (installers && electron.borrowed)
    throw new Error('Installers are made with the official Electron only, which could not be downloaded here.');
  await must(
    [
      process.execPath,
      join(root, 'node_modules/electron-builder/cli.js'),
      ...(installers ? [] : ['--dir']),
      ...options(electron, output, forTests),
    ],
    {
      cwd: root,
    },
  );
  writeFileSync(join(output, '.sources'), key);
}

/** @param {{ folder: string, version: string }} electron @param {string} output @param {boolean} forTests */
function options({ folder, version }, output, forTests) {
  const settings = { electronDist: folder, electronVersion: version, 'directories.output': output };
  const fuse = forTests ? { 'electronFuses.enableNodeCliInspectArguments': true } : {};
  return Object.entries({ ...settings, ...fuse }).map(([name, value]) => `-c.${name}=${value}`);
}

/** The program in an unpacked package. @param {string} output */
export function packagedProgram(output) {
  const folder = existsSync(output) ? readdirSync(output).find((name) => name.includes('unpacked')) : undefined;
  if (!folder) throw new Error(`There is no packaged app in ${output}.`);
  return join(output, folder, process.platform === 'win32' ? 'ATN Workbench.exe' : 'atn-workbench');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await script(async () => {
    await ensure('package');
    await packageApp({ forTests: process.argv.includes('--for-tests'), installers: process.argv.includes('--installers') });
  });
}
