import type { ProvisioningBinding } from '../../../src-shared/model/recipe.ts';
import type { RunRequest } from '../../../src-shared/model/run.ts';
import { newId } from '../../new-id.ts';
import { saveRunSecrets } from '../../store/conditions.ts';
import { expectedDuration } from '../../store/run-history.ts';
import { excludeWhatPassed } from '../../store/run-results.ts';
import { indexNewRun } from '../../store/run-search-index.ts';
import { findRunByRequestKey, insertRun, bindingOf, librariesOf, seriesKey, type RunRow } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import { checkRun, type Checked } from '../preflight/check-run.ts';
import { refusal } from '../preflight/reason.ts';
import { resolveRequest } from '../preflight/resolve-request.ts';
import type { WantedRun } from '../preflight/wanted-run.ts';
import { announce, type RunLibraries, type RunServices } from './run-services.ts';

/** A run that has passed the check, and what of it the check does not look at. */
export interface CheckedRun {
  wanted: WantedRun;
  checked: Checked;
  requestKey: string | null;
  /** The run that this one repeats. */
  origin?: { row: RunRow; failedOnly: boolean };
}

/** A checked run whose contents are kept: ready to be written in one transaction. */
export interface BoundRun extends CheckedRun {
  sutsSha256: string | null;
  condition: { name: string; sha256: string } | null;
  /** A rerun has the libraries of its origin, and the lock that was made of them. */
  libraries: RunLibraries;
  provisioning: ProvisioningBinding | null;
}

/** Starts a run: checked, bound to what there is now, and queued. Answers its id; the same `requestKey` answers the same run. */
export async function startRun(services: RunServices, request: RunRequest, caller: Caller): Promise<string> {
  const known = request.requestKey === undefined ? undefined : findRunByRequestKey(services.store, request.requestKey);
  if (known !== undefined) return known.id;
  const { wanted, reasons } = resolveRequest(services, request, caller.user);
  if (wanted === null) throw refusal(reasons);
  const checked = await checkRun(services, wanted);
  return queueRun(services, await bindRun(services, { wanted, checked, requestKey: request.requestKey ?? null }));
}

/** Keeps what the run is bound to by its hash, so that later edits change nothing in it. */
export async function bindRun(services: RunServices, run: CheckedRun): Promise<BoundRun> {
  const { suts } = run.checked;
  const { condition } = run.wanted;
  const { testDataId, libraries } = run.wanted;
  return {
    ...run,
    libraries:
      run.origin === undefined
        ? { libraries: services.bindLibraries({ testDataId, libraries }), lockHash: null }
        : librariesOf(run.origin.row),
    provisioning: await bindProvisioning(services, run),
    sutsSha256: suts.length === 0 ? null : await services.content.put(JSON.stringify(suts)),
    condition: condition === null ? null : { name: condition.name, sha256: await services.content.put(condition.yaml) },
  };
}

/** A rerun brings machines into the state that its origin did. */
async function bindProvisioning(
  { provisioning }: RunServices,
  { wanted, checked, origin }: CheckedRun,
): Promise<ProvisioningBinding | null> {
  if (wanted.provisioning === null) return null;
  if (origin !== undefined) return bindingOf(origin.row);
  return provisioning.bind({ choice: wanted.provisioning, revision: checked.revision, suts: checked.suts });
}

/** Writes the run with all that it is bound to, and says so. */
export function queueRun(services: RunServices, run: BoundRun): string {
  const { store } = services;
  const { suts } = run.checked;
  const id = store.transaction(() => {
    const known = run.requestKey === null ? undefined : findRunByRequestKey(store, run.requestKey);
    return known === undefined ? writeRun(services, run) : known.id;
  })();
  announce(services, [id]);
  services.holds.settle();
  if (suts.length > 0) services.changes.emit('suts:changed', { ids: suts.map((sut) => sut.id), removed: [] });
  return id;
}

/** The caller holds the transaction, and announces. */
export function writeRun({ store, clock, holds }: Pick<RunServices, 'store' | 'clock' | 'holds'>, run: BoundRun): string {
  const { wanted, checked, condition, origin } = run;
  const at = clock.now();
  const name = wanted.name ?? checked.testData.name;
  const sutNames = checked.suts.map((sut) => sut.name);
  const leased = checked.suts.filter(({ role }) => role === 'sut');
  const failedOnly = origin?.failedOnly ?? false;
  const id = newId(at);
  // A rerun of failures is shorter than the series by an unknown amount.
  const expectedMs = failedOnly ? null : expectedDuration(store, seriesKey({ name, suts: sutNames, condition: condition?.name ?? null }));
  holds.reserve({ suts: leased, starter: wanted.startedBy, reserve: true, expectedMs, runName: name });
  const number = insertRun(store, {
    id,
    requestKey: run.requestKey,
    name,
    testDataId: wanted.testDataId,
    revision: checked.revision,
    suts: leased.map((sut) => ({ id: sut.id, name: sut.name })),
    sutNames,
    sutsSha256: run.sutsSha256,
    condition,
    plan: wanted.plan,
    retryTimes: wanted.retryTimes,
    ...run.libraries,
    provisioning: run.provisioning,
    startedBy: wanted.startedBy,
    rerunOf: origin?.row.id ?? null,
    request: { selection: wanted.selection, options: wanted.options, failedOnly, order: wanted.order },
    total: failedOnly ? 0 : checked.total,
    createdAt: at,
    expectedMs,
  });
  saveRunSecrets(store, number, wanted.condition?.secrets ?? {});
  indexNewRun(store, number);
  if (origin?.failedOnly === true) excludeWhatPassed(store, { run: number, origin: origin.row.number });
  return id;
}
