// `npm run --silent atn -- …`: the command line from the sources. Prints nothing of its own on stdout; builds first when that is due.
import { join } from 'node:path';
import { ensure } from './bootstrap/ensure.mjs';
import { build } from './build.mjs';
import { root } from './lib/places.mjs';
import { become, script } from './lib/run.mjs';

await script(async () => {
  await ensure('headless');
  await build();
  become([process.execPath, join(root, 'out/main/atn.js'), ...process.argv.slice(2)]);
});
