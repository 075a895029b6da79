// The borrowed Electron takes its app only from resources/app. So each clone gets a folder of hard links to it, with resources/app
// pointing back to the clone: no copy, no clash between clones.
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderOnce } from './folders.mjs';
import { cacheRoot, root } from './places.mjs';

/** Answers the program that starts this clone. @param {{ folder: string, version: string }} electron */
export async function linkedElectron({ folder, version }) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const linked = await folderOnce(join(cacheRoot(), 'electron', `clone-${version}-${name}`), async (unfinished) => {
    linkTree(folder, unfinished);
    symlinkSync(root, join(unfinished, 'resources', 'app'));
  });
  return join(linked, 'electron');
}

/** @param {string} from @param {string} to */
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else linkSync(source, target);
  }
}
