import type { BoundLibrary } from '../../src-shared/model/library.ts';
import type { PlanOrder } from '../../src-shared/model/plan.ts';
import type { PlanBinding, Run, RunEnvironmentBinding, RunOptions, RunPhase, RunSummary } from '../../src-shared/model/run.ts';
import type { ProvisioningBinding } from '../../src-shared/model/recipe.ts';
import type { Cause, RunState, Verdict } from '../../src-shared/model/run-states.ts';
import type { Selection } from '../../src-shared/model/test-data.ts';
import { findLock } from './environment-locks.ts';
import type { ReadableStore, WritableStore } from './handle.ts';
import { listProvisionings } from './provisionings.ts';

/** One line of the table `run`, as SQLite has it. */
export interface RunRow {
  number: number;
  id: string;
  request_key: string | null;
  name: string;
  test_data_id: string | null;
  revision: string;
  suts: string;
  suts_sha256: string | null;
  condition: string | null;
  condition_sha256: string | null;
  series_key: string;
  started_by: string;
  rerun_of: string | null;
  selection: string;
  options: string;
  failed_only: number;
  priority: number;
  state: RunState;
  verdict: Verdict | null;
  cause: Cause | null;
  passed: number;
  failed: number;
  skipped: number;
  not_run: number;
  total: number;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  happened: string | null;
  queue_position: number | null;
  overtaken: number;
  expected_ms: number | null;
  stop_requested_at: number | null;
  stop_by: string | null;
  stop_reason: string | null;
  stop_now: number;
  stop_step: 'asked' | 'askedAgain' | 'killing' | null;
  stop_next_step_at: number | null;
  failure_code: string | null;
  failure_message: string | null;
  important: number;
  robot_version: string | null;
  python_version: string | null;
  rebuilt: number;
  skipped_phases: string;
  /** What it was bound to at the start, as JSON. */
  libraries: string;
  /** The lock that these were solved to; null before it is prepared, and for a run in the default environment. */
  lock_hash: string | null;
  plan_id: string | null;
  plan_name: string | null;
  plan_sha256: string | null;
  test_order: string | null;
  retry_times: number;
  imported_at: number | null;
  imported_from: string | null;
  secrets_to_supply: string;
  /** What it is bound to, as JSON; null: machines are taken as they are. */
  provisioning: string | null;
  purpose: 'test' | 'provision';
  /** Place among queued runs of its priority; null: by its number. */
  turn: number | null;
}

/** What only the run itself needs; never filtered by. */
export interface StoredRequest {
  selection: Selection;
  options: RunOptions;
  /** A rerun that leaves out what came out well before: see `run_exclusion`. */
  failedOnly: boolean;
  /** As the data have it when left out. */
  order?: PlanOrder;
}

export interface NewRun {
  id: string;
  requestKey: string | null;
  name: string;
  testDataId: string | null;
  revision: string;
  /** Those to lease; all names in `sutNames`. */
  suts: { id: string; name: string }[];
  sutNames: string[];
  sutsSha256: string | null;
  condition: { name: string; sha256: string } | null;
  plan?: PlanBinding | null;
  libraries?: readonly BoundLibrary[];
  /** The lock of the run that this one repeats. */
  lockHash?: string | null;
  /** How often what did not pass is run again by itself. */
  retryTimes?: number;
  provisioning?: ProvisioningBinding | null;
  purpose?: RunRow['purpose'];
  startedBy: string;
  rerunOf: string | null;
  request: StoredRequest;
  total: number;
  createdAt: number;
  expectedMs: number | null;
}

/** Runs of the same name on the same SUTs under the same condition are one series: what a verdict strip and an estimate compare. */
export function seriesKey(run: { name: string; suts: readonly string[]; condition: string | null }): string {
  return JSON.stringify([run.name, [...run.suts].sort(), run.condition]);
}

/** Writes the run, its SUTs and its first phase. The caller holds the transaction. */
export function insertRun(store: WritableStore, run: NewRun): number {
  const { selection, options, failedOnly, order } = run.request;
  const { lastInsertRowid } = store
    .prepare(
      `INSERT INTO run (id, request_key, name, test_data_id, revision, suts, suts_sha256, condition, condition_sha256, series_key, started_by,
         rerun_of, selection, options, failed_only, priority, total, created_at, expected_ms, plan_id, plan_name, plan_sha256, test_order,
         retry_times, libraries, lock_hash, provisioning, purpose)
       VALUES (@id, @requestKey, @name, @testDataId, @revision, @sutNames, @sutsSha256, @condition, @sha256, @seriesKey, @startedBy,
         @rerunOf, @selection, @options, @failedOnly, @priority, @total, @createdAt, @expectedMs, @planId, @planName, @planSha256, @order,
         @retryTimes, @boundLibraries, @lockHash, @boundProvisioning, @purpose)`,
    )
    .run({
      ...run,
      suts: null,
      request: null,
      sutNames: JSON.stringify(run.sutNames),
      condition: run.condition?.name ?? null,
      sha256: run.condition?.sha256 ?? null,
      seriesKey: seriesKey({ name: run.name, suts: run.sutNames, condition: run.condition?.name ?? null }),
      selection: JSON.stringify(selection),
      options: JSON.stringify(options),
      failedOnly: failedOnly ? 1 : 0,
      priority: options.priority,
      plan: null,
      planId: run.plan?.id ?? null,
      planName: run.plan?.name ?? null,
      planSha256: run.plan?.sha256 ?? null,
      order: order === undefined || order.by === 'data' ? null : JSON.stringify(order),
      retryTimes: run.retryTimes ?? 0,
      libraries: null,
      boundLibraries: JSON.stringify(run.libraries ?? []),
      lockHash: run.lockHash ?? null,
      provisioning: null,
      purpose: run.purpose ?? 'test',
      boundProvisioning: run.provisioning == null ? null : JSON.stringify(run.provisioning),
    });
  const number = Number(lastInsertRowid);
  const addSut = store.prepare('INSERT INTO run_sut (run, ordinal, sut_id, name) VALUES (?, ?, ?, ?)');
  run.suts.forEach((sut, ordinal) => addSut.run(number, ordinal, sut.id, sut.name));
  store
    .prepare("INSERT INTO run_phase (run, ordinal, state, started_at, outcome) VALUES (?, 0, 'queued', ?, 'running')")
    .run(number, run.createdAt);
  return number;
}

export function findRun(store: ReadableStore, id: string): RunRow | undefined {
  return store.prepare<[string], RunRow>('SELECT * FROM run WHERE id = ?').get(id);
}

export function findRunByRequestKey(store: ReadableStore, key: string): RunRow | undefined {
  return store.prepare<[string], RunRow>('SELECT * FROM run WHERE request_key = ?').get(key);
}

/** Every run that is not ended: oldest first. */
export function listUnendedRuns(store: ReadableStore): RunRow[] {
  return store.prepare<[], RunRow>("SELECT * FROM run WHERE state <> 'ended' ORDER BY number").all();
}

export function listRunsById(store: ReadableStore, ids: readonly string[]): RunRow[] {
  return store
    .prepare<[string], RunRow>('SELECT * FROM run WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number')
    .all(JSON.stringify(ids));
}

/** Changes single facts of one run. `verdict`, `state` and times are moved by `moveRun` only. */
export function updateRun(
  store: WritableStore,
  id: string,
  patch: Partial<Omit<RunRow, 'number' | 'id' | 'state' | 'verdict' | 'ended_at'>>,
): void {
  const columns = Object.keys(patch);
  if (columns.length === 0) return;
  store.prepare(`UPDATE run SET ${columns.map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`).run({ ...patch, id });
}

/** Notes what the running phase is doing now. */
export function notePhase(store: WritableStore, number: number, note: string): void {
  store.prepare("UPDATE run_phase SET note = ? WHERE run = ? AND outcome = 'running'").run(note, number);
}

export function deleteRun(store: WritableStore, number: number): void {
  store.prepare('DELETE FROM run WHERE number = ?').run(number);
}

export function listPhases(store: ReadableStore, number: number): RunPhase[] {
  return store
    .prepare<[number], RunPhase>(
      `SELECT state, started_at AS startedAt, ended_at AS endedAt, outcome, note, expected_ms AS expectedMs
       FROM run_phase WHERE run = ? ORDER BY ordinal`,
    )
    .all(number);
}

export function listRunSuts(store: ReadableStore, number: number): { id: string; name: string }[] {
  return store
    .prepare<[number], { id: string; name: string }>('SELECT sut_id AS id, name FROM run_sut WHERE run = ? ORDER BY ordinal')
    .all(number);
}

function listReruns(store: ReadableStore, id: string): string[] {
  return store
    .prepare<[string], { id: string }>('SELECT id FROM run WHERE rerun_of = ? ORDER BY number')
    .all(id)
    .map((row) => row.id);
}

export function requestOf(row: RunRow): StoredRequest {
  return {
    selection: JSON.parse(row.selection) as Selection,
    options: JSON.parse(row.options) as RunOptions,
    failedOnly: row.failed_only === 1,
    ...(row.test_order === null ? {} : { order: JSON.parse(row.test_order) as PlanOrder }),
  };
}

export function toSummary(row: RunRow): RunSummary {
  return {
    id: row.id,
    name: row.name,
    testDataId: row.test_data_id,
    revision: row.revision,
    suts: JSON.parse(row.suts) as string[],
    condition: row.condition,
    plan: planOf(row),
    startedBy: row.started_by,
    rerunOf: row.rerun_of,
    state: row.state,
    verdict: row.verdict,
    cause: row.cause,
    counts: { passed: row.passed, failed: row.failed, skipped: row.skipped, notRun: row.not_run },
    total: row.total,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    happened: row.happened,
    queuePosition: row.queue_position,
    expectedEndAt: expectedEndOf(row),
    stop: stopOf(row),
    important: row.important === 1,
    skippedPhases: JSON.parse(row.skipped_phases) as RunState[],
    retriesLeft: row.retry_times,
    ...(row.purpose === 'test' ? {} : { purpose: row.purpose }),
    imported: row.imported_at === null ? null : { at: row.imported_at, from: row.imported_from ?? '' },
  };
}

/** What the run was bound to, and the lock that was made of it. */
export function librariesOf(row: RunRow): { libraries: BoundLibrary[]; lockHash: string | null } {
  return { libraries: JSON.parse(row.libraries) as BoundLibrary[], lockHash: row.lock_hash };
}

export function planOf(row: RunRow): PlanBinding | null {
  if (row.plan_id === null || row.plan_name === null || row.plan_sha256 === null) return null;
  return { id: row.plan_id, name: row.plan_name, sha256: row.plan_sha256 };
}

function expectedEndOf(row: RunRow): number | null {
  if (row.started_at === null || row.expected_ms === null || row.state === 'ended') return null;
  return row.started_at + row.expected_ms;
}

function stopOf(row: RunRow): RunSummary['stop'] {
  if (row.stop_requested_at === null || row.state === 'ended') return null;
  return {
    requestedAt: row.stop_requested_at,
    by: row.stop_by ?? row.started_by,
    step: row.stop_step ?? 'asked',
    nextStepAt: row.stop_next_step_at,
  };
}

/** What it is bound to for its machines; null where they are taken as they are. */
export function bindingOf(row: Pick<RunRow, 'provisioning'>): ProvisioningBinding | null {
  return row.provisioning === null ? null : (JSON.parse(row.provisioning) as ProvisioningBinding);
}

function provisioningOf(store: ReadableStore, row: RunRow): Run['provisioning'] {
  const binding = bindingOf(row);
  return binding === null ? null : { binding, suts: listProvisionings(store, row.number) };
}

/** The whole run. `reportDirectory` is a matter of the home, so the caller knows it. */
function environmentOf(store: ReadableStore, row: RunRow): RunEnvironmentBinding {
  const { libraries, lockHash } = librariesOf(row);
  const packages = lockHash === null ? [] : (findLock(store, lockHash)?.packages ?? []);
  return { lockHash, libraries, packages: packages.map(({ name, version }) => ({ name, version })) };
}

export function toRun(store: ReadableStore, row: RunRow, reportDirectory: string): Run {
  const { selection, options } = requestOf(row);
  return {
    ...toSummary(row),
    selection,
    options,
    conditionBinding:
      row.condition !== null && row.condition_sha256 !== null ? { name: row.condition, sha256: row.condition_sha256 } : null,
    phases: listPhases(store, row.number),
    failure: row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
    robotVersion: row.robot_version,
    pythonVersion: row.python_version,
    environment: environmentOf(store, row),
    rebuilt: row.rebuilt === 1,
    reruns: listReruns(store, row.id),
    reportDirectory,
    provisioning: provisioningOf(store, row),
  };
}
