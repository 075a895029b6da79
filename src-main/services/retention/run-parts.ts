import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolder } from '../../robot/run-files.ts';
import type { RemovablePart, RunSizes } from '../../store/retention.ts';

/** Second names, beside the report, of what belongs to the record and the console; their bytes are on the disk once. */
const SECOND_NAMES: Readonly<Record<string, RemovablePart>> = { 'record.db': 'record', 'console.txt': 'console' };

/** Every path that goes with a part of a run. */
export async function pathsOf(folder: string, part: RemovablePart): Promise<string[]> {
  const { output, console } = runFolder(folder);
  const beside = await namesOf(output);
  if (part === 'report') return beside.filter((name) => !Object.hasOwn(SECOND_NAMES, name)).map((name) => join(output, name));
  const second = beside.filter((name) => SECOND_NAMES[name] === part).map((name) => join(output, name));
  if (part === 'console') return [console, ...second];
  const records = (await namesOf(folder)).filter((name) => name.startsWith('record.db'));
  return [...records.map((name) => join(folder, name)), ...second];
}

export async function sizesOf(folder: string): Promise<RunSizes> {
  const { output } = runFolder(folder);
  const sizes: RunSizes = { report: 0, record: 0, console: 0, other: 0 };
  for (const name of await namesOf(folder)) {
    const path = join(folder, name);
    if (path === output) continue;
    sizes[name.startsWith('record.db') ? 'record' : name === 'console.log' ? 'console' : 'other'] += await bytesIn(path);
  }
  for (const name of await namesOf(output)) {
    const part = Object.hasOwn(SECOND_NAMES, name) ? SECOND_NAMES[name] : undefined;
    if (part === undefined) sizes.report += await bytesIn(join(output, name));
    else if (sizes[part] === 0) sizes[part] += await bytesIn(join(output, name));
  }
  return sizes;
}

/** Of a folder, all that is in it. Links are not followed: what they lead to is not ours. */
async function bytesIn(path: string): Promise<number> {
  let bytes = 0;
  const paths = [path];
  for (let next = paths.pop(); next !== undefined; next = paths.pop()) {
    const entries = await readdir(next, { withFileTypes: true }).catch(() => null);
    if (entries === null) bytes += await fileSize(next);
    else for (const entry of entries) if (entry.isDirectory() || entry.isFile()) paths.push(join(next, entry.name));
  }
  return bytes;
}

const fileSize = (path: string) =>
  stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
const namesOf = (folder: string) => readdir(folder).catch(() => [] as string[]);
