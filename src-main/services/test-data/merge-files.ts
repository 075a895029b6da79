import type { FileChange } from '../../../src-shared/model/test-data-change.ts';
import { WorkbenchError } from '../../errors.ts';
import { pathProblem, sayPath } from './path-rules.ts';

/** A file as a list of files has it, by its path. Two are the same when their bytes and their mark are. */
export interface Entry {
  sha256: string;
  size: number;
  executable: boolean;
}
export type Listing = ReadonlyMap<string, Entry>;

/** Does to the files what a person did; `entryOf` says what her text is as content. Throws BAD_REQUEST for what cannot be done. */
export function applyChanges(
  base: Listing,
  changes: readonly FileChange[],
  entryOf: (text: string) => Omit<Entry, 'executable'>,
): Map<string, Entry> {
  const files = new Map(base);
  for (const change of changes) {
    const old = files.get(change.path);
    if (change.kind === 'write') {
      files.set(allowed(change.path), { ...entryOf(change.text), executable: old?.executable ?? false });
      continue;
    }
    if (old === undefined) throw refused(`There is no file ${sayPath(change.path)} in this revision.`);
    files.delete(change.path);
    if (change.kind === 'delete') continue;
    if (files.has(change.to)) throw refused(`There is a file ${sayPath(change.to)} already. Choose another name.`);
    files.set(allowed(change.to), { ...old, ...(change.text === undefined ? {} : entryOf(change.text)) });
  }
  const clash = findClash(files);
  if (clash !== null) throw refused(`${sayPath(clash)} cannot be a file and a folder at once. Choose another name.`);
  return files;
}

export interface Merged {
  files: Map<string, Entry>;
  /** Paths that both sides changed, each in another way. Nothing may be saved while there are any. */
  conflicts: string[];
}

/** Puts together what two sides made of one base: where only one changed a file its side is taken, where both did the same it is that. */
export function mergeFiles(base: Listing, theirs: Listing, mine: Listing): Merged {
  const files = new Map<string, Entry>();
  const conflicts = new Set<string>();
  for (const path of new Set([...base.keys(), ...theirs.keys(), ...mine.keys()])) {
    const [was, their, my] = [base.get(path), theirs.get(path), mine.get(path)];
    const merged = isSame(my, was) || isSame(my, their) ? their : isSame(their, was) ? my : null;
    if (merged === null) conflicts.add(path);
    else if (merged !== undefined) files.set(path, merged);
  }
  // One side made a file where the other made a folder of that name.
  for (let clash = findClash(files); clash !== null; clash = findClash(files)) {
    conflicts.add(clash);
    files.delete(clash);
  }
  return { files, conflicts: [...conflicts].sort() };
}

function isSame(one: Entry | undefined, other: Entry | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.sha256 === other.sha256 && one.executable === other.executable;
}

/** A path that is a file and a folder at once, or null. */
function findClash(files: Listing): string | null {
  for (const path of files.keys()) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      if (files.has(path.slice(0, end))) return path.slice(0, end);
    }
  }
  return null;
}

function allowed(path: string): string {
  const problem = pathProblem(path);
  if (problem !== null) throw refused(`${sayPath(path)} ${problem}. Choose another name.`);
  return path;
}

function refused(sentence: string): WorkbenchError {
  return new WorkbenchError('BAD_REQUEST', sentence);
}
