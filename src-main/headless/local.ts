import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { HarnessOptions } from '../harness.ts';
import { version } from '../../package.json' with { type: 'json' };

/** Who acts when a command runs in this process. */
export function localUser(): string {
  return userInfo().username;
}

export function headlessOptions(home: string): HarnessOptions {
  return { home, face: 'headless', appVersion: version, resources: join(import.meta.dirname, '../../resources') };
}
