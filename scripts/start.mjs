// `npm start`: brings in what is missing, builds what is stale, opens the window; without a display it serves the same pages on loopback.
import { join } from 'node:path';
import { ensure } from './bootstrap/ensure.mjs';
import { build } from './build.mjs';
import { root } from './lib/places.mjs';
import { become, say, script } from './lib/run.mjs';

const display = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

await script(async () => {
  await ensure(display ? 'window' : 'headless');
  await build();
  become([...(display ? await windowCommand() : serveCommand()), ...process.argv.slice(2)]);
});

async function windowCommand() {
  const { findElectron } = await import('./bootstrap/electron.mjs');
  const { linkedElectron } = await import('./lib/linked-electron.mjs');
  const electron = findElectron();
  if (!electron) throw new Error('Electron is gone from the cache; type npm start again.');
  // As root Chromium refuses its sandbox; that is the case in containers, and only there.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return electron.borrowed ? [await linkedElectron(electron), ...asRoot] : [electron.program, root, ...asRoot];
}

function serveCommand() {
  say('There is no display here: serving the same pages to a browser instead.');
  return [process.execPath, join(root, 'out/main/atn.js'), 'serve'];
}
