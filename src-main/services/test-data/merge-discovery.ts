import type { ParseError, TestSuite } from '../../../src-shared/model/test-data.ts';
import { compareFiles } from './compare-revisions.ts';
import { isParsedFile } from './ignore-list.ts';
import type { ManifestFile } from './manifest.ts';

/** Above this share of all files, looking at everything is as quick. */
const MOST_SHARE = 0.3;

export interface Affected {
  /** Every path, old or new, about which Robot may say something else now. */
  paths: ReadonlySet<string>;
  /** Those of them that are there now. */
  look: string[];
  /** What Robot must be given to look at them: them and the init files above. */
  needed: ReadonlySet<string>;
}

/** What has to be looked at again when one list of files has become another; null when that is most of it. */
export function affectedFiles(before: readonly ManifestFile[], after: readonly ManifestFile[]): Affected | null {
  const changed = compareFiles(before, after)
    .flatMap(({ path, oldPath }) => (oldPath === null ? [path] : [path, oldPath]))
    .filter(isParsedFile);
  // What an init file says holds for everything below it.
  const below = changed.filter(isInitFile).map(folderOf);
  const parsed = after.map(({ path }) => path).filter(isParsedFile);
  const isBelow = (path: string) => below.some((folder) => folder === '' || path.startsWith(`${folder}/`));
  const isOld = new Set(changed);
  const look = parsed.filter((path) => isOld.has(path) || isBelow(path));
  if (look.length > 1 && look.length > parsed.length * MOST_SHARE) return null;
  const gone = before.map(({ path }) => path).filter((path) => isParsedFile(path) && isBelow(path));
  const above = new Set(look.flatMap(foldersAbove));
  const inits = parsed.filter((path) => isInitFile(path) && above.has(folderOf(path)));
  return { paths: new Set([...changed, ...look, ...gone]), look, needed: new Set([...look, ...inits]) };
}

interface Found {
  root: TestSuite;
  errors: ParseError[];
}

/** What was found before, with what was found anew in place of everything affected. */
export function mergeDiscovery(before: Found, { paths, needed }: Affected, part: Found | null): Found {
  const kept = prune(before.root, paths);
  const root = part === null || part.root.suites.length === 0 ? kept : mergeSuites(kept, part.root);
  const isTold = (path: string) => paths.has(path) || needed.has(path);
  return {
    // Robot knows nothing of a folder in which there is no test.
    root: root.suites.length === 0 ? { ...root, doc: '' } : root,
    errors: [...before.errors.filter(({ path }) => !isTold(path)), ...(part?.errors ?? [])],
  };
}

/** Errors in one order, whatever was looked at when. */
export function sortErrors(errors: readonly ParseError[]): ParseError[] {
  return errors.toSorted((a, b) => (a.path === b.path ? (a.line ?? 0) - (b.line ?? 0) : a.path < b.path ? -1 : 1));
}

function prune(suite: TestSuite, gone: ReadonlySet<string>): TestSuite {
  const suites = suite.suites.flatMap((child) => {
    if (child.kind === 'file') return gone.has(child.path) ? [] : [child];
    const kept = prune(child, gone);
    return kept.suites.length === 0 ? [] : [kept];
  });
  return { ...suite, suites };
}

function mergeSuites(old: TestSuite, fresh: TestSuite): TestSuite {
  const suites = new Map(old.suites.map((suite) => [suite.path, suite]));
  for (const suite of fresh.suites) {
    const same = suites.get(suite.path);
    suites.set(suite.path, same === undefined || suite.kind === 'file' ? suite : mergeSuites(same, suite));
  }
  return { ...fresh, suites: [...suites.values()].sort(asRobotDoes) };
}

/** Files and folders in one order, by their names in lower case. */
function asRobotDoes(a: TestSuite, b: TestSuite): number {
  const [one, other] = [a, b].map(({ path }) => path.slice(path.lastIndexOf('/') + 1).toLowerCase());
  return one === other ? 0 : (one ?? '') < (other ?? '') ? -1 : 1;
}

function isInitFile(path: string): boolean {
  return /(?:^|\/)__init__\.[^/]*$/iu.test(path);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function foldersAbove(path: string): string[] {
  const folders = [''];
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) folders.push(path.slice(0, end));
  return folders;
}
