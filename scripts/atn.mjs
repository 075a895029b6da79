// `npm run --silent atn -- …`: the command line from the sources. Prints nothing of its own on stdout; builds first when that is due.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensure } from './bootstrap/ensure.mjs';
import { build } from './build.mjs';
import { root } from './lib/places.mjs';

await ensure('headless');
await build();
const child = spawn(process.execPath, [join(root, 'out/main/atn.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
