import type { Discovery, RevisionFile, TestSuite } from '../../../../src-shared/model/test-data.ts';

export interface CaseItem {
  readonly kind: 'case';
  readonly key: string;
  readonly name: string;
  /** Suite and name, as Robot's `--test` takes it. */
  readonly longName: string;
  readonly path: string;
  readonly line: number | null;
  readonly tags: readonly string[];
  readonly doc: string;
  /** Its place among all cases, which it covers as `from` up to `to`. */
  readonly from: number;
  readonly to: number;
}

/** A folder or a suite file. All cases below it stand in `SuiteTree.cases` from `from` up to `to`. */
export interface Branch {
  readonly kind: 'folder' | 'suite';
  readonly key: string;
  readonly name: string;
  /** Null for a folder in which Robot sees no suite. */
  readonly longName: string | null;
  readonly doc: string;
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly children: readonly Item[];
  /** Files below that are no suites. */
  readonly files: number;
}

export interface FileItem {
  readonly kind: 'file';
  readonly key: string;
  readonly name: string;
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export type Item = Branch | CaseItem | FileItem;

export interface SuiteTree {
  readonly root: Branch;
  readonly cases: readonly CaseItem[];
  readonly byKey: ReadonlyMap<string, Item>;
  /** Keys of the branches above, outermost first. */
  readonly above: ReadonlyMap<string, readonly string[]>;
}

/** Key of the root: its path is empty, which an address would lose. */
export const ROOT = '.';

/** What Robot found, with the files that are no suites in their folders. Without discovery (it failed) only files. */
export function makeTree(name: string, discovery: Pick<Discovery, 'root'> | null, files: readonly RevisionFile[]): SuiteTree {
  const cases: CaseItem[] = [];
  const suites = discovery === null ? null : discovery.root;
  const folders = foldersOf(files, suitePaths(suites));
  const root = folderBranch({ path: '', name, suite: suites, folders, cases });
  const byKey = new Map<string, Item>();
  const above = new Map<string, readonly string[]>();
  const index = (item: Item, path: readonly string[]): void => {
    byKey.set(item.key, item);
    above.set(item.key, path);
    if ('children' in item) for (const child of item.children) index(child, [...path, item.key]);
  };
  index(root, []);
  return { root, cases, byKey, above };
}

interface Making {
  readonly path: string;
  readonly name: string;
  readonly suite: TestSuite | null;
  readonly folders: ReadonlyMap<string, Folder>;
  readonly cases: CaseItem[];
}

function folderBranch({ path, name, suite, folders, cases }: Making): Branch {
  const from = cases.length;
  const single = suite?.kind === 'file' && path === '' ? [suite] : [];
  const inner = [...single, ...(suite?.kind === 'directory' ? suite.suites : [])];
  const own = folders.get(path);
  const taken = new Set(inner.map((child) => child.path));
  const branches = inner.map((child) =>
    child.kind === 'file'
      ? fileBranch(child, cases)
      : folderBranch({ path: child.path, name: lastOf(child.path), suite: child, folders, cases }),
  );
  const plain = [...(own?.folders ?? [])]
    .filter((child) => !taken.has(child))
    .map((child) => folderBranch({ path: child, name: lastOf(child), suite: null, folders, cases }));
  const files = (own?.files ?? []).map((file): FileItem => ({ kind: 'file', key: file, name: lastOf(file), path: file, from: 0, to: 0 }));
  const children = [...branches, ...plain.filter((branch) => branch.files > 0), ...files];
  return {
    kind: 'folder',
    key: path === '' ? ROOT : path,
    name,
    longName: suite?.kind === 'directory' ? suite.longName : null,
    doc: suite?.kind === 'directory' ? suite.doc : '',
    path,
    from,
    to: cases.length,
    children,
    files: files.length + [...branches, ...plain].reduce((sum, branch) => sum + branch.files, 0),
  };
}

function fileBranch(suite: TestSuite, cases: CaseItem[]): Branch {
  const from = cases.length;
  const seen = new Map<string, number>();
  const children = suite.tests.map((test): CaseItem => {
    const again = (seen.get(test.name) ?? 0) + 1;
    seen.set(test.name, again);
    const { name, tags, doc, line } = test;
    const key = `${suite.path}::${name}${again > 1 ? `::${again}` : ''}`;
    const place = cases.length;
    const made: CaseItem = {
      kind: 'case',
      key,
      name,
      longName: `${suite.longName}.${name}`,
      path: suite.path,
      line,
      tags,
      doc,
      from: place,
      to: place + 1,
    };
    cases.push(made);
    return made;
  });
  const { longName, doc, path } = suite;
  return {
    kind: 'suite',
    key: path,
    name: lastOf(path).replace(/\.[^.]+$/u, ''),
    longName,
    doc,
    path,
    from,
    to: cases.length,
    children,
    files: 0,
  };
}

interface Folder {
  readonly folders: Set<string>;
  readonly files: string[];
}

/** Every folder of the revision with what is directly in it; suite files stand in the tree of suites already. */
function foldersOf(files: readonly RevisionFile[], suites: ReadonlySet<string>): Map<string, Folder> {
  const folders = new Map<string, Folder>();
  const folder = (path: string): Folder => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const made: Folder = { folders: new Set(), files: [] };
    folders.set(path, made);
    if (path !== '') folder(parentOf(path)).folders.add(path);
    return made;
  };
  folder('');
  for (const { path } of files) if (!suites.has(path)) folder(parentOf(path)).files.push(path);
  return folders;
}

function suitePaths(root: TestSuite | null): Set<string> {
  const paths = new Set<string>();
  const waiting = root === null ? [] : [root];
  for (let suite = waiting.pop(); suite !== undefined; suite = waiting.pop()) {
    if (suite.kind === 'file') paths.add(suite.path);
    waiting.push(...suite.suites);
  }
  return paths;
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
