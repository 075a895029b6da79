import type { FileDifference, RevisionDifference } from '../../../src-shared/model/test-data-change.ts';

/** One file of the test data that is not the same in all runs. */
export interface ComparedFile {
  readonly path: string;
  /** What became of it in each run after the first; null: it is as in the first. */
  readonly kinds: readonly (FileDifference['kind'] | null)[];
}

/** `differences`: of each run after the first, from the first; null where they have the same revision. By path. */
export function comparedFiles(differences: readonly (Pick<RevisionDifference, 'files'> | null)[]): ComparedFile[] {
  const files = new Map<string, (FileDifference['kind'] | null)[]>();
  for (const [index, difference] of differences.entries())
    for (const { path, oldPath, kind } of difference?.files ?? []) {
      const key = oldPath ?? path;
      const kinds = files.get(key) ?? differences.map(() => null);
      kinds[index] = kind;
      files.set(key, kinds);
    }
  return [...files].map(([path, kinds]) => ({ path, kinds })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
