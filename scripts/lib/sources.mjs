// Tells whether what was built is older than what it was built from, by names, sizes and times: a few milliseconds for a thousand files.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

const parts = [
  'src-shared',
  'src-hub',
  'src-main',
  'src-renderer',
  'packages',
  'docs',
  'electron.vite.config.ts',
  'package-lock.json',
  'tsconfig.base.json',
];
const ignored = new Set(['node_modules', '__pycache__', 'dist', 'test', 'bench']);

/** A short text that changes when a source changes. Tests are not sources of what is built. @param {string[]} [extra] */
export function sourcesKey(extra = []) {
  const hash = createHash('sha256');
  for (const part of [...parts, ...extra]) visit(join(root, part), hash);
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @param {import('node:crypto').Hash} hash
 */
function visit(path, hash) {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) return;
  if (!facts.isDirectory()) {
    if (!/\.test\.tsx?$/.test(path)) hash.update(`${path} ${facts.size} ${facts.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) if (!ignored.has(name)) visit(join(path, name), hash);
}

/** Whether `folder` holds a build of exactly these sources. @param {string} folder @param {string} key */
export function isFresh(folder, key) {
  const stamp = join(folder, '.sources');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === key;
}
