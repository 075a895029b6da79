// `npm run hub -- --home DIR --port N`: the hub from the sources; builds first when that is due.
import { join } from 'node:path';
import { ensure } from './bootstrap/ensure.mjs';
import { build } from './build.mjs';
import { root } from './lib/places.mjs';
import { become, script } from './lib/run.mjs';

await script(async () => {
  await ensure('hub');
  await build();
  // Many small messages at once: with the room for young objects that Node starts with, a third of the work is the garbage collector's.
  become([process.execPath, '--max-semi-space-size=32', join(root, 'out/main/hub.js'), ...process.argv.slice(2)]);
});
