import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentsFolder } from './environments-folder.ts';

const [FOLDER, PROGRAM] = process.platform === 'win32' ? ['Scripts', 'uv.exe'] : ['bin', 'uv'];

/** The uv that comes with the workbench: in `tools` of its resources, or where the tools of its sources are kept; null when there is none. */
export function findKeptUv(resources: string, variables: NodeJS.ProcessEnv = process.env): string | null {
  const cache = dirname(environmentsFolder(variables));
  const folders = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('python-tools-')) : [];
  const whole = folders.filter((name) => existsSync(join(cache, name, 'complete')));
  const candidates = [join(resources, 'tools', PROGRAM), ...whole.map((name) => join(cache, name, FOLDER, PROGRAM))];
  return candidates.find((path) => existsSync(path)) ?? null;
}
