import type { Run } from '../../../../src-shared/model/run.ts';
import type { Fact, RemoteRunState, RunRefusal } from '../../../../src-shared/protocol/items.ts';
import { findHubRunOf, listOpenHubRuns, updateHubRun, type HubRunRow } from '../../../store/hub-runs.ts';
import type { ReadableStore } from '../../../store/handle.ts';
import type { HubServices } from '../hub-services.ts';
import type { RemoteRunDeeds } from './remote-run-services.ts';

type Services = Pick<HubServices, 'store'> & { remoteRuns: Pick<RemoteRunDeeds, 'find'> };

/** What the hub has not heard of runs from afar: each state once, and whole. The caller holds the transaction. */
export function untoldRuns({ store, remoteRuns }: Services): Fact[] {
  return listOpenHubRuns(store).flatMap((row): Fact[] => {
    const run = row.run_id === null ? null : (remoteRuns.find(row.run_id) ?? null);
    const state = stateOf(row, run);
    if (state === null || state === row.told) return [];
    const over = state === 'refused';
    updateHubRun(store, row.id, { told: state, revision: row.revision + 1, ...(over ? { published: 1 } : {}) });
    const refusal = row.refused === null ? null : (JSON.parse(row.refused) as RunRefusal);
    const body = { id: row.id, person: row.person, revision: row.revision + 1, state, refusal };
    return [{ kind: 'run', body: { ...body, run: run === null ? null : asHubSees(store, row, run) } }];
  });
}

/** Null: it was removed here, and nothing more can be said of it. */
function stateOf(row: HubRunRow, run: Run | null): RemoteRunState | null {
  if (run !== null) return run.state;
  if (row.refused !== null) return 'refused';
  return row.run_id === null ? 'fetching' : null;
}

/** With the ids that the hub knows, and without what is of this computer only. */
export function asHubSees(store: ReadableStore, { id, person }: Pick<HubRunRow, 'id' | 'person'>, run: Run): Run {
  const known = (runId: string) => findHubRunOf(store, runId)?.id;
  return {
    ...run,
    id,
    startedBy: person,
    testDataId: null,
    plan: null,
    rerunOf: run.rerunOf === null ? null : (known(run.rerunOf) ?? null),
    reruns: run.reruns.flatMap((rerun) => known(rerun) ?? []),
    reportDirectory: '',
    provisioning: null,
  };
}
