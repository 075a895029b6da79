import { execFileSync } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packagedProgram } from '../e2e/fixtures/packaged-app.ts';
import { figure, median, print, round } from './lib/figure.ts';
import { launch } from './lib/packaged-app.ts';

// From the start of the process to a usable window, against an Electron of the same build that opens an empty sandboxed window; in turns. And how long
// the main process of the app is ever held up while it starts and stands.
const TURNS = 5;
const folder = mkdtempSync(join(tmpdir(), 'atn-bench-window-'));
try {
  const empty = makeEmptyApp(join(folder, 'empty'));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn <= TURNS; turn += 1) {
    const peer = await timeWindow([`--user-data-dir=${join(folder, `empty-${turn}`)}`], { program: empty, ready: 'body' });
    const own = await timeWindow([`--home=${join(folder, 'home')}`], { program: packagedProgram(), ready: 'nav' });
    print(`${turn === 0 ? 'warm-up: ' : ''}empty window ${round(peer)} ms, app ${round(own)} ms`);
    if (turn === 0) continue;
    ours.push(own);
    theirs.push(peer);
  }
  const ratio = median(ours.map((own, index) => own / (theirs[index] ?? Number.NaN)));
  figure('usable window against an empty one', ratio, { atMost: 1.5, unit: 'x' });
  figure('longest hold-up of the main process', await longestHoldUp(), { atMost: 50, unit: 'ms' });
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

async function timeWindow(parameters: string[], { program, ready }: { program: string; ready: string }): Promise<number> {
  const begin = performance.now();
  const electron = await launch(parameters, program);
  const page = await electron.firstWindow();
  await page.waitForSelector(ready, { state: 'visible' });
  const took = performance.now() - begin;
  await electron.close();
  return took;
}

/** Measured inside the main process itself, from the moment the window is usable: a timer that comes late tells how long it was held up. */
async function longestHoldUp(): Promise<number> {
  const electron = await launch([`--home=${join(folder, 'home')}`]);
  const page = await electron.firstWindow();
  await electron.evaluate(() => {
    let last = performance.now();
    Reflect.set(globalThis, 'held', 0);
    setInterval(() => {
      const now = performance.now();
      Reflect.set(globalThis, 'held', Math.max(Number(Reflect.get(globalThis, 'held')), now - last - 10));
      last = now;
    }, 10);
  });
  await page.waitForSelector('nav');
  await pause(5000);
  const held = await electron.evaluate(() => Number(Reflect.get(globalThis, 'held')));
  await electron.close();
  return held;
}

/** The same files as the packaged app, with an app that only opens a window. */
function makeEmptyApp(target: string): string {
  const source = dirname(packagedProgram());
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    if (entry.name === 'resources') continue;
    if (entry.isDirectory()) cpSync(join(source, entry.name), join(target, entry.name), { recursive: true });
    else linkSync(join(source, entry.name), join(target, entry.name));
  }
  const app = join(target, 'source');
  mkdirSync(app, { recursive: true });
  mkdirSync(join(target, 'resources'));
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.js' }));
  const page = 'data:text/html,<title>empty</title><body><p>empty</p></body>';
  writeFileSync(
    join(app, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900, webPreferences: { sandbox: true } }).loadURL(${JSON.stringify(page)}));`,
  );
  // The fuses of the package let it load nothing but an archive.
  const asar = join(process.cwd(), 'node_modules/@electron/asar/bin/asar.js');
  execFileSync(process.execPath, [asar, 'pack', app, join(target, 'resources', 'app.asar')]);
  return join(target, 'atn-workbench');
}
