import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultHome } from '../home.ts';

export interface DesktopOptions {
  /** Folder of the store, the reports and everything else this harness owns. */
  home: string;
  /** Folder of what belongs to the window alone: Chromium's profile, the window's place. */
  userData: string;
  /** With the machines of the demo lab; on a home that is thrown away, unless one is named. */
  demo: boolean;
  throwAway: boolean;
}

/** Options the desktop app understands; everything else on its command line is meant for Chromium and left alone. */
export function readCommandLine(parameters: string[], environment: NodeJS.ProcessEnv = process.env): DesktopOptions {
  const { values } = parseArgs({
    args: parameters,
    options: { demo: { type: 'boolean' }, home: { type: 'string' }, 'user-data-dir': { type: 'string' } },
    strict: false,
  });
  const demo = values.demo === true;
  const throwAway = demo && text(values.home) === undefined;
  const place = throwAway ? mkdtempSync(join(tmpdir(), 'atn-demo-')) : null;
  const home = place === null ? resolve(text(values.home) ?? environment['ATN_HOME'] ?? defaultHome()) : join(place, 'home');
  return { home, userData: resolve(text(values['user-data-dir']) ?? resolve(place ?? home, 'desktop')), demo, throwAway };
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
