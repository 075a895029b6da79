import type { BoundLibrary, EnvironmentUser, LibraryRef } from '../../../src-shared/model/library.ts';
import { listAttachments } from '../../store/libraries.ts';
import { knownLockOf } from '../environments/lock-set.ts';
import { bindLibraries } from './bind-libraries.ts';
import type { LibraryServices } from './library-services.ts';

/** Whose set each lock is, as far as the set was solved: of test data and of plans. */
export function locksInUse(services: LibraryServices): Map<string, EnvironmentUser[]> {
  const users = new Map<string, EnvironmentUser[]>();
  for (const { refs, user } of allSets(services)) {
    const lock = knownLockOf(services.environments, boundIfThere(services, refs));
    if (lock !== undefined) users.set(lock, [...(users.get(lock) ?? []), user]);
  }
  return users;
}

interface UsedSet {
  refs: readonly LibraryRef[];
  user: EnvironmentUser;
}

function allSets({ store, plans }: LibraryServices): UsedSet[] {
  const ofTestData = new Map<string, { refs: LibraryRef[]; user: EnvironmentUser }>();
  for (const { testDataId, testDataName, ...ref } of listAttachments(store)) {
    const set = ofTestData.get(testDataId) ?? { refs: [], user: { kind: 'testData' as const, id: testDataId, name: testDataName } };
    set.refs.push(ref);
    ofTestData.set(testDataId, set);
  }
  const ofPlans = plans().map(({ id, name, libraries }) => ({ refs: libraries, user: { kind: 'plan' as const, id, name } }));
  return [...ofTestData.values(), ...ofPlans];
}

/** A set that lost a library has no lock. */
function boundIfThere({ store }: LibraryServices, refs: readonly LibraryRef[]): readonly BoundLibrary[] {
  try {
    return bindLibraries(store, refs);
  } catch {
    return [];
  }
}
