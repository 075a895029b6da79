import { app } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from './boot.ts';
import { readCommandLine } from './command-line.ts';
import { declareScheme } from './protocol.ts';

const options = readCommandLine(process.argv.slice(1));
try {
  mkdirSync(options.userData, { recursive: true });
  app.setPath('userData', options.userData);
  app.setPath('sessionData', options.userData);
  // The lock lies in the profile, and the profile in the home: a second app on the same home only wakes the first.
  if (app.requestSingleInstanceLock()) {
    declareScheme();
    // Chromium refuses its sandbox to root; --no-sandbox is how tests in a container say so.
    if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
    void app.whenReady().then(() => boot(options, join(import.meta.dirname, '..')));
  } else app.quit();
} catch (error) {
  void import('./refuse.ts').then(({ refuseToStart }) => refuseToStart(error));
}
