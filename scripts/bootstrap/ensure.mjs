// Brings in what is missing, and nothing else: `await ensure('start')`. A stamp says that all was here, so the next start does no work.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot, machineKind, root } from '../lib/places.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { ensurePeers, ensureSystemPackages, peersScript } from './system-packages.mjs';

/** What each purpose needs, in this order. */
const purposes = {
  build: ['packages'],
  hub: ['packages', 'sqlite'], // it runs no Robot Framework; a lab does
  headless: ['packages', 'sqlite', 'python'],
  window: ['packages', 'sqlite', 'python', 'window', 'electron'],
  package: ['packages', 'electron'],
  check: ['packages', 'python'],
  test: ['packages', 'testing', 'peers', 'lab', 'sqlite', 'python', 'electron'],
  bench: ['packages', 'testing', 'lab', 'benchPeers', 'sqlite', 'python', 'electron'],
};

// Imported when it is its turn: some steps use npm packages, which the first one brings.
/** @type {Record<string, () => Promise<void>>} */
const steps = {
  packages: ensureNpmPackages,
  sqlite: async () => (await import('./sqlite.mjs')).sqliteForNode(),
  python: async () => {
    const { ensurePythonTools, ensureRobotEnvironment } = await import('./python.mjs');
    await ensurePythonTools();
    await ensureRobotEnvironment();
  },
  window: () => ensureSystemPackages(['window']),
  benchPeers: () => ensureSystemPackages(['bench']),
  testing: () => ensureSystemPackages(['window', 'screen', 'browser']),
  peers: () => ensurePeers(),
  lab: async () => {
    await ensureSystemPackages(['lab']);
    await (await import('./python.mjs')).ensureLabEnvironment();
  },
  electron: async () => {
    await (await import('./electron.mjs')).ensureElectron();
    await (await import('./sqlite.mjs')).sqliteForElectron();
  },
};

const stampFile = join(root, 'node_modules', '.atn-bootstrap.json');

/** @param {keyof typeof purposes} purpose */
export async function ensure(purpose) {
  const key = inputs();
  const done = readStamp(key);
  const due = purposes[purpose].filter((name) => !done.has(name));
  for (const name of due) {
    await steps[name]?.();
    done.add(name);
  }
  if (due.length > 0) writeStamp({ key, done: [...done] });
}

/** In one piece: another command that starts just now reads the old one or the new one. */
function writeStamp(/** @type {{ key: string, done: string[] }} */ stamp) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const fresh = `${stampFile}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(stamp));
  renameSync(fresh, stampFile);
}

/** All that decides whether what is here is still right: the lock file, these scripts' pins, the Node in use. */
function inputs() {
  const hash = createHash('sha256').update(`${machineKind} ${process.version} ${cacheRoot()}`);
  const pins = ['sqlite', 'borrowed-electron', 'python', 'system-packages'].map((name) => `scripts/bootstrap/${name}.mjs`);
  for (const file of ['package-lock.json', peersScript, ...pins]) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** @returns {Set<string>} */
function readStamp(/** @type {string} */ key) {
  if (!existsSync(stampFile) || !existsSync(cacheRoot())) return new Set();
  const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
  return new Set(stamp.key === key ? stamp.done : []);
}
