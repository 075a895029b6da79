import type { ContentStore } from '@atn/content-store';
import type { LibraryRef, LibraryUser, TestLibrary } from '../../../src-shared/model/library.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { WritableStore } from '../../store/handle.ts';
import {
  findLibrary,
  listAttachments,
  listLibraries,
  listLibraryVersions,
  type LibraryRow,
  type LibraryVersionRow,
} from '../../store/libraries.ts';
import type { EnvironmentServices } from '../environments/environment-services.ts';

export interface LibraryServices {
  store: WritableStore;
  content: ContentStore;
  changes: Changes;
  clock: Clock;
  /** Files in the making. */
  scratch: string;
  environments: EnvironmentServices;
  /** Plans and the set of each. */
  plans: () => { id: string; name: string; libraries: readonly LibraryRef[] }[];
}

export function readLibraries(services: LibraryServices): TestLibrary[] {
  const users = usersOfLibraries(services);
  return listLibraries(services.store).map((row) => shape(services, row, users));
}

/** Throws NOT_FOUND. */
export function needLibrary(services: LibraryServices, id: string): TestLibrary {
  return shape(services, needRow(services, id), usersOfLibraries(services));
}

export function needRow({ store }: Pick<LibraryServices, 'store'>, id: string): LibraryRow {
  const row = findLibrary(store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This library does not exist any more.');
  return row;
}

export function announceLibraries({ changes }: Pick<LibraryServices, 'changes'>): void {
  changes.emit('libraries:changed', {});
}

type Use = LibraryUser & LibraryRef;

/** Who has which library in a set, and at which version. */
export function usersOfLibraries({ store, plans }: LibraryServices): Use[] {
  const ofTestData = listAttachments(store).map(({ testDataId, testDataName, ...ref }): Use => ({
    kind: 'testData',
    id: testDataId,
    name: testDataName,
    ...ref,
  }));
  const ofPlans = plans().flatMap(({ id, name, libraries }) => libraries.map((ref): Use => ({ kind: 'plan', id, name, ...ref })));
  return [...ofTestData, ...ofPlans];
}

function shape({ store }: LibraryServices, row: LibraryRow, users: readonly Use[]): TestLibrary {
  const { id, name, description, importNames } = row;
  const versions = listLibraryVersions(store, id).map(shapeVersion);
  const usedBy = users.filter((use) => use.libraryId === id).map((use): LibraryUser => ({ kind: use.kind, id: use.id, name: use.name }));
  return { id, name, description, importNames, versions, usedBy };
}

function shapeVersion({ id, version, source, requirement, sha256, origin, size, addedAt, addedBy }: LibraryVersionRow) {
  return { id, version, source, requirement, sha256, origin, size, addedAt, addedBy };
}
