/** Longest name of one file or folder in bytes that common file systems take. */
const LONGEST_SEGMENT = 255;
const LONGEST_PATH = 1024;
const DEEPEST = 64;

/**
 * Why a path may not become part of a revision, or null. Inside a revision a path is relative, separated by `/`, in any Unicode; it can
 * never lead out of the folder it is put in.
 */
export function pathProblem(path: string): string | null {
  if (path === '') return 'has no name';
  if (path.includes('\0')) return 'holds a NUL character';
  if (path.includes('\\')) return 'holds a backslash';
  if (path.startsWith('/')) return 'is an absolute path';
  if (/^[a-z]:/iu.test(path)) return 'begins with a drive letter';
  if (/\p{Surrogate}/u.test(path)) return 'is not valid Unicode';
  if (path.length > LONGEST_PATH) return `has a path of more than ${LONGEST_PATH} characters`;
  const segments = path.split('/');
  if (segments.length > DEEPEST) return `lies more than ${DEEPEST} folders deep`;
  if (segments.includes('..')) return 'leads out of its folder (..)';
  if (segments.some((segment) => segment === '' || segment === '.')) return 'has an empty part in its path';
  if (segments.some((segment) => Buffer.byteLength(segment) > LONGEST_SEGMENT)) return `has a name of more than ${LONGEST_SEGMENT} bytes`;
  return null;
}

/**
 * Sorts by the bytes of the paths in UTF-8: the same everywhere, whatever the locale. JavaScript's own order is that order too, unless
 * there are characters beyond the first plane, which it sees as two.
 */
export function sortByPath<T extends { path: string }>(files: readonly T[]): T[] {
  if (!files.some(({ path }) => /[\u{10000}-\u{10FFFF}]/u.test(path))) return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const keyed = files.map((file) => ({ file, key: Buffer.from(file.path) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ file }) => file);
}

/** A path as a sentence can hold it: control characters made visible, the middle of a long one left out. */
export function sayPath(path: string): string {
  const visible = JSON.stringify(path).slice(1, -1);
  return visible.length > 200 ? `${visible.slice(0, 120)}…${visible.slice(-60)}` : visible;
}
