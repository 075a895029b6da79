import type { FileDifference } from '../../../src-shared/model/test-data-change.ts';
import type { ManifestFile } from './manifest.ts';
import { sortByPath } from './path-rules.ts';

/** What leads from one list of files to another, sorted by path. A file that is gone and is there again with the same bytes was renamed. */
export function compareFiles(from: readonly ManifestFile[], to: readonly ManifestFile[]): FileDifference[] {
  const before = new Map(from.map((file) => [file.path, file]));
  const after = new Map(to.map((file) => [file.path, file]));
  const gone = new GoneFiles(from.filter(({ path }) => !after.has(path)));
  const found: FileDifference[] = [];
  for (const file of to) {
    const old = before.get(file.path) ?? gone.take(file);
    if (old === undefined) found.push(difference('added', file.path, { newSize: file.size }));
    else if (old.path !== file.path)
      found.push({ ...difference('renamed', file.path, { oldSize: old.size, newSize: file.size }), oldPath: old.path });
    else if (old.sha256 !== file.sha256 || old.executable !== file.executable)
      found.push(difference('changed', file.path, { oldSize: old.size, newSize: file.size }));
  }
  for (const file of gone.rest()) found.push(difference('removed', file.path, { oldSize: file.size }));
  return sortByPath(found);
}

type Sizes = Partial<Pick<FileDifference, 'oldSize' | 'newSize'>>;

function difference(kind: FileDifference['kind'], path: string, sizes: Sizes): FileDifference {
  return { kind, path, oldPath: null, oldSize: null, newSize: null, ...sizes };
}

/** Files without a place any more, each to be found again once: by its bytes, one of the same name first. */
class GoneFiles {
  readonly #byContent = new Map<string, ManifestFile[]>();

  constructor(files: readonly ManifestFile[]) {
    for (const file of files) this.#byContent.set(keyOf(file), [...(this.#byContent.get(keyOf(file)) ?? []), file]);
  }

  take(wanted: ManifestFile): ManifestFile | undefined {
    const same = this.#byContent.get(keyOf(wanted)) ?? [];
    const named = same.findIndex(({ path }) => nameOf(path) === nameOf(wanted.path));
    // Empty files are all alike: only the name tells that one was moved.
    if (named === -1 && wanted.size === 0) return undefined;
    return same.splice(Math.max(named, 0), 1)[0];
  }

  rest(): ManifestFile[] {
    return [...this.#byContent.values()].flat();
  }
}

function keyOf({ sha256, executable }: ManifestFile): string {
  return `${sha256} ${executable}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
