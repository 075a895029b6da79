import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

export interface ReportFile {
  /** Absolute, links resolved. */
  file: string;
  /** Relative to the report, with `/`. */
  path: string;
  size: number;
}

/**
 * The regular file that `path` (with `/`, decoded) names inside `directory`, or null. What would lead outside is null as well,
 * however it is spelled: dots, separators of another system, drive letters, links that tests left there.
 */
export async function findReportFile(directory: string, path: string): Promise<ReportFile | null> {
  const segments = path.split('/');
  if (segments.some((segment) => !isPlain(segment))) return null;
  try {
    const root = await realpath(directory);
    const file = await realpath(join(root, ...segments));
    if (!file.startsWith(root + sep)) return null;
    const found = await stat(file);
    return found.isFile() ? { file, path, size: found.size } : null;
  } catch {
    return null; // absent, unreadable, name too long: to a reader all the same
  }
}

function isPlain(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return false;
  return !/[\\\0]/u.test(segment) && !(process.platform === 'win32' && segment.includes(':'));
}
