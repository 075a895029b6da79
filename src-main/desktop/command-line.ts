import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultHome } from '../home.ts';

export interface DesktopOptions {
  /** Folder of the store, the reports and everything else this harness owns. */
  home: string;
  /** Folder of what belongs to the window alone: Chromium's profile, the window's place. */
  userData: string;
}

/** Options the desktop app understands; everything else on its command line is meant for Chromium and left alone. */
export function readCommandLine(parameters: string[], environment: NodeJS.ProcessEnv = process.env): DesktopOptions {
  const { values } = parseArgs({
    args: parameters,
    options: { home: { type: 'string' }, 'user-data-dir': { type: 'string' } },
    strict: false,
  });
  const home = resolve(text(values.home) ?? environment['ATN_HOME'] ?? defaultHome());
  return { home, userData: resolve(text(values['user-data-dir']) ?? resolve(home, 'desktop')) };
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
