import { RunRequest } from '../../../src-shared/model/run.ts';
import { newId } from '../../new-id.ts';
import { expectedDuration } from '../../store/run-history.ts';
import { reserveIfFree } from '../../store/run-reservations.ts';
import { excludeWhatPassed } from '../../store/run-results.ts';
import { indexNewRun } from '../../store/run-search-index.ts';
import { findRunByRequestKey, insertRun, seriesKey, type RunRow } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import { checkRun, type Checked, type WantedRun } from './preflight.ts';
import { announce, type RunServices } from './run-services.ts';

/** A run that has passed the check, and what of it the check does not look at. */
export interface CheckedRun {
  wanted: WantedRun;
  checked: Checked;
  name: string | undefined;
  condition: { name: string; sha256: string } | null;
  requestKey: string | null;
  /** The run that this one repeats. */
  origin?: { row: RunRow; failedOnly: boolean };
}

/** Starts a run: checked, bound to what there is now, and queued. Answers its id; the same `requestKey` answers the same run. */
export async function startRun(services: RunServices, input: RunRequest, caller: Caller): Promise<string> {
  const request = RunRequest.parse(input);
  const known = request.requestKey === undefined ? undefined : findRunByRequestKey(services.store, request.requestKey);
  if (known !== undefined) return known.id;
  const wanted: WantedRun = {
    testDataId: request.testDataId,
    revision: request.revision,
    selection: request.selection,
    suts: request.suts,
    conditionYaml: request.condition?.yaml ?? null,
    options: { ...request.options, timeLimitMs: request.options.timeLimitMs ?? services.settings().defaultTimeLimitMs },
    startedBy: caller.user,
  };
  const checked = await checkRun(services, wanted);
  const { condition } = request;
  const binding = condition === undefined ? null : { name: condition.name, sha256: await services.content.put(condition.yaml) };
  return queueRun(services, { wanted, checked, name: request.name, condition: binding, requestKey: request.requestKey ?? null });
}

/** Writes the run with all that it is bound to. */
export async function queueRun(services: RunServices, run: CheckedRun): Promise<string> {
  const { store } = services;
  const { suts } = run.checked;
  const sutsSha256 = suts.length === 0 ? null : await services.content.put(JSON.stringify(suts));
  const id = store.transaction(() => {
    const known = run.requestKey === null ? undefined : findRunByRequestKey(store, run.requestKey);
    return known === undefined ? write(services, run, sutsSha256) : known.id;
  })();
  announce(services, [id]);
  if (suts.length > 0) services.changes.emit('suts:changed', { ids: suts.map((sut) => sut.id), removed: [] });
  return id;
}

function write({ store, clock }: RunServices, run: CheckedRun, sutsSha256: string | null): string {
  const { wanted, checked, condition, origin } = run;
  const at = clock.now();
  const name = run.name ?? checked.testData.name;
  const sutNames = checked.suts.map((sut) => sut.name);
  const reserve = (id: string) => reserveIfFree(store, { id, by: wanted.startedBy, at });
  const failedOnly = origin?.failedOnly ?? false;
  const id = newId(at);
  const number = insertRun(store, {
    id,
    requestKey: run.requestKey,
    name,
    testDataId: wanted.testDataId,
    revision: checked.revision,
    suts: checked.suts.filter(({ role }) => role === 'sut').map((sut) => ({ id: sut.id, name: sut.name, reservedHere: reserve(sut.id) })),
    sutNames,
    sutsSha256,
    condition,
    startedBy: wanted.startedBy,
    rerunOf: origin?.row.id ?? null,
    request: { selection: wanted.selection, options: wanted.options, failedOnly },
    total: failedOnly ? 0 : checked.total,
    createdAt: at,
    // A rerun of failures is shorter than the series by an unknown amount.
    expectedMs: failedOnly ? null : expectedDuration(store, seriesKey({ name, suts: sutNames, condition: condition?.name ?? null })),
  });
  indexNewRun(store, number);
  if (origin?.failedOnly === true) excludeWhatPassed(store, { run: number, origin: origin.row.number });
  return id;
}
