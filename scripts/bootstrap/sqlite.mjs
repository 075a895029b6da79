// better-sqlite3 is native code: one file for plain Node, one for Electron. Both lie in the package's lib/binding/<abi> folder, where its
// own loader looks by process.versions.modules, so no code of the workbench needs to know which runtime it is in (ADR 0002).
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderOnce } from '../lib/folders.mjs';
import { cacheRoot, machineKind, root } from '../lib/places.mjs';
import { must, npm, say } from '../lib/run.mjs';
import { borrowedSqlite } from './borrowed-electron.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const packageFolder = join(root, 'node_modules', 'better-sqlite3');
const electronAbi = '130';

export const sqliteForNode = () => install(process.versions.modules, (folder) => compile(folder, [], nodeHeaders()));

/** Electron's ABI: compiled with Electron's headers; where those cannot be had, the file that the borrowed Electron brings along. */
export const sqliteForElectron = () =>
  install(electronAbi, async (folder) => {
    const target = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version;
    const flags = ['--runtime=electron', `--target=${target}`, '--dist-url=https://electronjs.org/headers'];
    if (existsSync(borrowedSqlite)) copyFileSync(borrowedSqlite, join(folder, 'better_sqlite3.node'));
    else await compile(folder, flags, {});
  });

/**
 * @param {string} abi
 * @param {(folder: string) => Promise<void>} make
 */
async function install(abi, make) {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const name = `node-v${abi}-${machineKind}`;
  const kept = await folderOnce(join(cacheRoot(), 'native', `better-sqlite3-${version}`, name), make);
  const target = join(packageFolder, 'lib', 'binding', name);
  rmSync(join(packageFolder, 'build'), { recursive: true, force: true }); // its loader would prefer that one whatever the runtime
  mkdirSync(target, { recursive: true });
  copyFileSync(join(kept, 'better_sqlite3.node'), join(target, 'better_sqlite3.node'));
}

/**
 * @param {string} folder
 * @param {string[]} flags
 * @param {Record<string, string>} environment
 */
async function compile(folder, flags, environment) {
  await ensureSystemPackages(['compiler']);
  say('Compiling the SQLite module (once, about 80 seconds; kept in the cache) …');
  const source = join(folder, 'source');
  cpSync(packageFolder, source, { recursive: true, filter: (path) => !path.endsWith('lib/binding') });
  const gyp = await nodeGyp();
  await must([process.execPath, gyp, 'rebuild', '--release', ...flags], {
    cwd: source,
    env: { ...process.env, JOBS: 'max', ...environment },
  });
  copyFileSync(join(source, 'build', 'Release', 'better_sqlite3.node'), join(folder, 'better_sqlite3.node'));
  rmSync(source, { recursive: true });
}

/** The node-gyp inside npm itself: it is always there and fits the Node in use. */
async function nodeGyp() {
  const npmRoot = (await must(npm('root', '--global', '--silent'))).trim().split('\n').at(-1) ?? '';
  return join(npmRoot, 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
}

/** Headers lie beside most installations of Node; node-gyp would download them again. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
}
