// Builds all processes into out/ when a source is newer than what is there. Built beside its place and renamed into it, so that a
// program started meanwhile never sees half of it. `--force` builds anyway.
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensure } from './bootstrap/ensure.mjs';
import { root } from './lib/places.mjs';
import { must, say, script } from './lib/run.mjs';
import { isFresh, sourcesKey } from './lib/sources.mjs';

const out = join(root, 'out');

export async function build({ force = false } = {}) {
  const key = sourcesKey();
  if (!force && isFresh(out, key)) return;
  say('Building …');
  const fresh = `.out-${process.pid}`;
  try {
    await must([process.execPath, join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'], {
      cwd: root,
      env: { ...process.env, ATN_BUILD_FOLDER: fresh },
    });
    writeFileSync(join(root, fresh, '.sources'), key);
    swap(join(root, fresh));
  } finally {
    rmSync(join(root, fresh), { recursive: true, force: true });
  }
}

/** @param {string} fresh */
function swap(fresh) {
  const old = `${fresh}-old`;
  if (existsSync(out)) renameSync(out, old);
  renameSync(fresh, out);
  rmSync(old, { recursive: true, force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await script(async () => {
    await ensure('build');
    await build({ force: process.argv.includes('--force') });
  });
}
