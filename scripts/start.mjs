// `npm start`: brings in what is missing, builds what is stale, opens the window; without a display it serves the same pages on loopback.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensure } from './bootstrap/ensure.mjs';
import { build } from './build.mjs';
import { root } from './lib/places.mjs';
import { say } from './lib/run.mjs';

const display = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
const parameters = process.argv.slice(2);

try {
  await ensure(display ? 'window' : 'headless');
  await build();
  const [program = '', ...first] = display ? await windowCommand() : serveCommand();
  const child = spawn(program, [...first, ...parameters], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
} catch (error) {
  say(`\nATN Workbench could not be started.\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

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
