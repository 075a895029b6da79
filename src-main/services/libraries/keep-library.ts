import type { LibrarySource, TestLibrary } from '../../../src-shared/model/library.ts';
import { newId } from '../../new-id.ts';
import { findLibraryByKey, listLibraryVersions, saveLibrary, saveLibraryVersion } from '../../store/libraries.ts';
import type { Caller } from '../caller.ts';
import { normalName } from '../../../src-shared/text/package-name.ts';
import { announceLibraries, needLibrary, type LibraryServices } from './library-services.ts';

export interface NewVersion {
  name: string;
  description: string;
  importNames: readonly string[];
  version: string;
  source: LibrarySource;
  requirement: string | null;
  sha256: string | null;
  fileName: string | null;
  origin: string;
  size: number | null;
}

export interface Added {
  library: TestLibrary;
  versionId: string;
  /** The library had exactly this already. */
  unchanged: boolean;
}

/** Writes a version of a library, and the library when it is the first. */
export function keepLibrary(services: LibraryServices, added: NewVersion, caller: Caller): Added {
  const { store, clock } = services;
  const now = clock.now();
  const nameKey = normalName(added.name);
  const known = findLibraryByKey(store, nameKey);
  const same = known === undefined ? undefined : listLibraryVersions(store, known.id).find((each) => isSame(each, added));
  if (known !== undefined && same !== undefined) return { library: needLibrary(services, known.id), versionId: same.id, unchanged: true };
  const id = known?.id ?? newId(now);
  const versionId = newId(now);
  const { name, description, importNames, ...version } = added;
  store.transaction(() => {
    saveLibrary(store, {
      id,
      name: known?.name ?? name,
      nameKey,
      description: description === '' ? (known?.description ?? '') : description,
      importNames: importNames.length === 0 ? (known?.importNames ?? []) : [...importNames],
      createdAt: known?.createdAt ?? now,
    });
    saveLibraryVersion(store, { id: versionId, libraryId: id, ...version, addedAt: now, addedBy: caller.user });
  })();
  announceLibraries(services);
  return { library: needLibrary(services, id), versionId, unchanged: false };
}

function isSame(known: { requirement: string | null; sha256: string | null }, added: NewVersion): boolean {
  return known.sha256 === added.sha256 && known.requirement === added.requirement;
}
