import type { TestData } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { deleteTestData, findTestDataByName, listRunsOf, renameTestData as storeName } from '../../store/test-data.ts';
import { announceTestData, needTestData, type TestDataServices } from './test-data-services.ts';

export function renameTestData(services: TestDataServices, { id, name }: { id: string; name: string }): TestData {
  const { store } = services;
  store.transaction(() => {
    needTestData(store, id);
    const namesake = findTestDataByName(store, name);
    if (namesake !== undefined && namesake.id !== id)
      throw new WorkbenchError('CONFLICT', `There are test data named ${namesake.name} already. Choose another name.`);
    storeName(store, { id, name });
  })();
  announceTestData(services, id);
  return needTestData(store, id);
}

/** Refused while runs refer to it: what they ran must stay explainable. The content itself stays in the content store. */
export function removeTestData(services: TestDataServices, id: string): void {
  const { store } = services;
  store.transaction(() => {
    const { name } = needTestData(store, id);
    const runs = listRunsOf(store, id).length;
    if (runs > 0)
      throw new WorkbenchError(
        'CONFLICT',
        `${runs === 1 ? 'One run refers' : `${runs} runs refer`} to ${name}. Remove the runs first, or keep it.`,
      );
    deleteTestData(store, id);
  })();
  announceTestData(services, id);
  services.changes.emit('system:changed', {});
}
