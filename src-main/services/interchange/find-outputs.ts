import { open, readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';

const MOST_FILES = 10_000;
const DEEPEST = 12;
const RESULT = /^output.*\.(?:xml|json)$/iu;

/** The file itself, or every `output*.xml` and `output*.json` in a folder and below it; of a pair the XML. Links are not followed. */
export async function findOutputs(path: string): Promise<string[]> {
  if (!isAbsolute(path)) throw new WorkbenchError('BAD_REQUEST', `Give the whole path of the results, not ${path}.`);
  const found = await stat(path).catch(() => null);
  if (found === null) throw new WorkbenchError('NOT_FOUND', `There is nothing at ${path}.`);
  if (!found.isDirectory()) return [path];
  const files: string[] = [];
  const folders = [{ folder: path, depth: 0 }];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of await readdir(next.folder, { withFileTypes: true }).catch(() => [])) {
      const place = join(next.folder, entry.name);
      if (entry.isDirectory() && next.depth < DEEPEST) folders.push({ folder: place, depth: next.depth + 1 });
      else if (entry.isFile() && RESULT.test(entry.name)) files.push(place);
    }
    if (files.length > MOST_FILES)
      throw new WorkbenchError('BAD_REQUEST', `There are more than ${MOST_FILES} results in it. Import a part of it.`);
  }
  if (files.length === 0) throw new WorkbenchError('NOT_FOUND', `There is no output.xml or output.json in ${path}.`);
  const twins = new Set(files.filter((file) => /\.xml$/iu.test(file)).map(withoutEnding));
  return files.filter((file) => /\.xml$/iu.test(file) || !twins.has(withoutEnding(file))).sort();
}

const withoutEnding = (file: string): string => file.replace(/\.(?:xml|json)$/iu, '');

/** By its first sign, whatever its name is. */
export async function isJson(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return /^\uFEFF?\s*[{[]/u.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}
