import { newId } from '../../new-id.ts';
import { listRunSecrets, saveRunSecrets } from '../../store/conditions.ts';
import { excludeWhatPassed } from '../../store/run-results.ts';
import { indexNewRun } from '../../store/run-search-index.ts';
import { findRun, insertRun, librariesOf, listRunSuts, planOf, requestOf } from '../../store/runs.ts';
import type { RunServices } from './run-services.ts';

/**
 * What the plan's retry policy does when tests failed: queues a rerun of the failures, which has one retry less. Within the transaction that
 * ends the run, so that it is neither forgotten nor made twice whatever happens. Answers its id; null when there is nothing to retry.
 */
export function retryFailures({ store, clock }: Pick<RunServices, 'store' | 'clock'>, id: string): string | null {
  const row = findRun(store, id);
  if (row === undefined || row.retry_times === 0 || row.stop_requested_at !== null) return null;
  const at = clock.now();
  const retry = newId(at);
  const { condition, condition_sha256: sha256 } = row;
  const number = insertRun(store, {
    id: retry,
    requestKey: null,
    name: row.name,
    testDataId: row.test_data_id,
    revision: row.revision,
    suts: listRunSuts(store, row.number),
    sutNames: JSON.parse(row.suts) as string[],
    sutsSha256: row.suts_sha256,
    condition: condition === null || sha256 === null ? null : { name: condition, sha256 },
    plan: planOf(row),
    retryTimes: row.retry_times - 1,
    ...librariesOf(row),
    startedBy: row.started_by,
    rerunOf: row.id,
    request: { ...requestOf(row), failedOnly: true },
    total: 0,
    createdAt: at,
    expectedMs: null,
  });
  saveRunSecrets(store, number, listRunSecrets(store, row.number));
  indexNewRun(store, number);
  excludeWhatPassed(store, { run: number, origin: row.number });
  return retry;
}
