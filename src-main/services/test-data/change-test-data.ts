import type { TestData } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { archiveTestData, findTestDataByName, listRunsOf, renameTestData as storeName, deleteTestData } from '../../store/test-data.ts';
import { announceTestData, needTestData, type TestDataServices } from './test-data-services.ts';

export function renameTestData(services: TestDataServices, { id, name }: { id: string; name: string }): TestData {
  const { store } = services;
  store.transaction(() => {
    needTestData(store, id);
    refuseNamesake(services, { id, name });
    storeName(store, { id, name });
  })();
  announceTestData(services, id);
  return needTestData(store, id);
}

export function refuseNamesake({ store }: TestDataServices, { id, name }: { id: string | null; name: string }): void {
  const namesake = findTestDataByName(store, name);
  if (namesake === undefined || namesake.id === id) return;
  const where = namesake.archivedAt === null ? '' : ' in the archive';
  throw new WorkbenchError('CONFLICT', `There are test data named ${namesake.name} already${where}. Choose another name.`);
}

/** Out of the way of new work, and back: their revisions, runs and plans stay as they are. */
export function setArchived(services: TestDataServices, { id, archived }: { id: string; archived: boolean }): TestData {
  const { store, clock } = services;
  const { archivedAt } = needTestData(store, id);
  if (archived !== (archivedAt !== null)) archiveTestData(store, id, archived ? clock.now() : null);
  announceTestData(services, id);
  return needTestData(store, id);
}

const MOST_NAMED = 20;

/**
 * Refused while runs or plans refer to them: what they ran must stay explainable. Their content goes when nothing else has it.
 */
export function removeTestData(services: TestDataServices, id: string): void {
  const { store } = services;
  store.transaction(() => {
    const { name } = needTestData(store, id);
    const runs = listRunsOf(store, id).map((run) => ({ code: 'run', message: `The run ${run.name} refers to it.`, subject: run.id }));
    const plans = services.plansOf(id).map((plan) => ({ code: 'plan', message: `The plan ${plan.name} refers to it.`, subject: plan.id }));
    if (runs.length + plans.length > 0) throw inUse(name, { runs, plans });
    deleteTestData(store, id);
  })();
  services.changes.emit('testData:changed', { ids: [id] });
  services.changes.emit('system:changed', {});
}

type Reason = WorkbenchError['data']['reasons'][number];

function inUse(name: string, { runs, plans }: { runs: Reason[]; plans: Reason[] }): WorkbenchError {
  const count = (reasons: Reason[], word: string) =>
    reasons.length === 0 ? [] : [`${reasons.length} ${word}${reasons.length === 1 ? '' : 's'}`];
  const who = [...count(plans, 'plan'), ...count(runs, 'run')].join(' and ');
  const refer = runs.length + plans.length === 1 ? 'refers' : 'refer';
  const reasons = [...plans, ...runs].slice(0, MOST_NAMED);
  return new WorkbenchError('CONFLICT', `${who} ${refer} to ${name}. Archive it instead, or remove them first.`, {
    reasons,
    details: reasons.map(({ message }) => message),
  });
}
