import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsoleWatch } from './console-watch.ts';

/** Characters that go into the report. */
const MOST = 128 * 1024;

/** Puts what the machine last said on its console into the report of the run; nothing when it said nothing. What it said to a harness before this one stays. */
export async function keepConsole(runFolder: string, sutName: string, console: Pick<ConsoleWatch, 'tail'>): Promise<void> {
  const text = console.tail(MOST);
  if (text === '') return;
  const folder = join(runFolder, 'output', 'machine-consoles');
  await mkdir(folder, { recursive: true });
  await appendFile(join(folder, `${sutName.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}.txt`), text, 'latin1');
}
