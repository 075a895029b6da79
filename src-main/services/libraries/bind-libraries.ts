import type { BoundLibrary, LibraryRef } from '../../../src-shared/model/library.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findLibrary, listAttached, listLibraryVersions } from '../../store/libraries.ts';

/** What a set means at this moment: "newest" becomes the version that is the newest now. Throws NOT_FOUND. */
export function bindLibraries(store: ReadableStore, refs: readonly LibraryRef[]): BoundLibrary[] {
  return refs.map(({ libraryId, versionId }) => {
    const library = findLibrary(store, libraryId);
    const versions = library === undefined ? [] : listLibraryVersions(store, libraryId);
    const version = versionId === null ? versions[0] : versions.find(({ id }) => id === versionId);
    if (library === undefined || version === undefined) {
      const what = library === undefined ? 'A library of this set' : `A version of ${library.name}`;
      throw new WorkbenchError('NOT_FOUND', `${what} is not in the registry any more. Take it out of the set, or add it again.`);
    }
    const { id, source, requirement, sha256 } = version;
    return { libraryId, versionId: id, name: library.name, version: version.version, source, requirement, sha256 };
  });
}

/** The set of a run: what its plan names, else what is attached to its test data. */
export function bindSet(store: ReadableStore, set: { testDataId: string; libraries: readonly LibraryRef[] | null }): BoundLibrary[] {
  return bindLibraries(store, set.libraries === null || set.libraries.length === 0 ? listAttached(store, set.testDataId) : set.libraries);
}
