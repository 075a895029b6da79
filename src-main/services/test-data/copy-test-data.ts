import type { TestData, TestDataRevision } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { listRevisions } from '../../store/test-data-history.ts';
import type { Caller } from '../caller.ts';
import { refuseNamesake } from './change-test-data.ts';
import { addRevision, addTestData } from './keep-revision.ts';
import { readRevision } from './read-revision.ts';
import { needTestData, type TestDataServices } from './test-data-services.ts';

/** New test data that begin with a revision of these (the newest when none is named); the authors stay who they are. */
export function copyTestData(
  services: TestDataServices,
  { id, name, number, caller }: { id: string; name: string; number?: number | undefined; caller: Caller },
): Promise<TestData> {
  return services.turns.take(undefined, async () => {
    const original = needTestData(services.store, id);
    const revision = number === undefined ? original.newest : needRevision(services, id, number);
    const files = await readRevision(services.content, revision.hash);
    refuseNamesake(services, { id: null, name });
    return addTestData(services, {
      ...{ name, suiteName: original.suiteName, author: original.author, hash: revision.hash, files },
      message: `Copy of ${original.name}, revision ${revision.number}.`,
      source: { kind: 'copy', place: original.name, ref: null, commit: null, subfolder: null },
      copiedFrom: { testDataId: id, name: original.name, revision: revision.number, by: caller.user },
    });
  });
}

/** The content of an older revision becomes the newest one; what came between stays in the history. */
export function restoreRevision(
  services: TestDataServices,
  { id, number, message, caller }: { id: string; number: number; message: string; caller: Caller },
): Promise<TestData> {
  return services.turns.take(undefined, async () => {
    const old = needRevision(services, id, number);
    const files = await readRevision(services.content, old.hash);
    const { testData } = addRevision(services, id, {
      ...{ hash: old.hash, files, author: caller.user, parent: number },
      message: message === '' ? `Revision ${number} again.` : message,
      source: { kind: 'restore', place: `revision ${number}`, ref: null, commit: null, subfolder: null },
    });
    return testData;
  });
}

function needRevision({ store }: TestDataServices, id: string, number: number): TestDataRevision {
  const { name } = needTestData(store, id);
  const revision = listRevisions(store, id).find((each) => each.number === number);
  if (revision === undefined) throw new WorkbenchError('NOT_FOUND', `${name} has no revision ${number}.`);
  return revision;
}
