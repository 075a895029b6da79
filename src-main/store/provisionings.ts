import { nextProvisionState, type Provisioning, type ProvisionStep, type ProvisionStepEvent } from '../../src-shared/model/provisioning.ts';
import { WorkbenchError } from '../errors.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** Names one provisioning: a run and one of its SUTs. */
export interface ProvisioningKey {
  run: number;
  sutId: string;
}

interface Row {
  sutId: string;
  sutName: string;
  state: Provisioning['state'];
  note: string | null;
  round: number;
  answersSha256: string | null;
  fetchedBytes: number | null;
  startedAt: number;
  endedAt: number | null;
}
export type ProvisioningRow = Row & { steps: ProvisionStep[] };

const COLUMNS = `sut_id AS sutId, sut_name AS sutName, state, note, round, answers_sha256 AS answersSha256, fetched_bytes AS fetchedBytes,
  started_at AS startedAt, ended_at AS endedAt`;

export function listProvisionings(store: ReadableStore, run: number): ProvisioningRow[] {
  const rows = store.prepare<[number], Row>(`SELECT ${COLUMNS} FROM provisioning WHERE run = ? ORDER BY sut_name`).all(run);
  return rows.map((row) => ({ ...row, steps: listSteps(store, { run, sutId: row.sutId }) }));
}

export function findProvisioning(store: ReadableStore, { run, sutId }: ProvisioningKey): ProvisioningRow | undefined {
  const row = store.prepare<[number, string], Row>(`SELECT ${COLUMNS} FROM provisioning WHERE run = ? AND sut_id = ?`).get(run, sutId);
  return row && { ...row, steps: listSteps(store, { run, sutId }) };
}

function listSteps(store: ReadableStore, { run, sutId }: ProvisioningKey): ProvisionStep[] {
  return store
    .prepare<[number, string], ProvisionStep>(
      `SELECT part, ordinal, what, state, tries, started_at AS startedAt, ended_at AS endedAt, note
       FROM provisioning_step WHERE run = ? AND sut_id = ? ORDER BY part, ordinal`,
    )
    .all(run, sutId);
}

/** Writes it with all its steps waiting; what an earlier round left is replaced. */
export function beginProvisioning(
  store: WritableStore,
  key: ProvisioningKey,
  begun: Pick<Row, 'sutName' | 'state' | 'note' | 'round' | 'answersSha256'> & { at: number; steps: readonly string[] },
): void {
  store.transaction(() => {
    store
      .prepare(
        `INSERT INTO provisioning (run, sut_id, sut_name, state, note, round, answers_sha256, started_at, ended_at)
         VALUES (@run, @sutId, @sutName, @state, @note, @round, @answersSha256, @at, iif(@state = 'skipped', @at, NULL))
         ON CONFLICT (run, sut_id) DO UPDATE SET state = excluded.state, note = excluded.note, round = excluded.round,
           answers_sha256 = excluded.answers_sha256, ended_at = excluded.ended_at`,
      )
      .run({ ...key, ...begun, steps: null });
    store.prepare("DELETE FROM provisioning_step WHERE run = ? AND sut_id = ? AND part = 'recipe'").run(key.run, key.sutId);
    for (const [ordinal, what] of begun.steps.entries()) addStep(store, key, { part: 'recipe', ordinal, what });
  })();
}

export function addStep(
  store: WritableStore,
  { run, sutId }: ProvisioningKey,
  step: Pick<ProvisionStep, 'part' | 'ordinal' | 'what'>,
): void {
  store
    .prepare(
      `INSERT INTO provisioning_step (run, sut_id, part, ordinal, what, state) VALUES (?, ?, ?, ?, ?, 'waiting')
       ON CONFLICT (run, sut_id, part, ordinal) DO UPDATE SET what = excluded.what, state = 'waiting', ended_at = NULL, note = NULL`,
    )
    .run(run, sutId, step.part, step.ordinal, step.what);
}

export function updateProvisioning(
  store: WritableStore,
  { run, sutId }: ProvisioningKey,
  change: Partial<Pick<Row, 'state' | 'note' | 'fetchedBytes' | 'endedAt'>>,
): void {
  store
    .prepare(
      `UPDATE provisioning SET state = coalesce(@state, state), note = coalesce(@note, note), fetched_bytes = coalesce(@fetchedBytes, fetched_bytes),
         ended_at = coalesce(@endedAt, ended_at) WHERE run = @run AND sut_id = @sutId`,
    )
    .run({ run, sutId, state: null, note: null, fetchedBytes: null, endedAt: null, ...change });
}

/** Moves a step by the one table; throws INTERNAL, and writes nothing, where the table has no such move. */
export function moveStep(
  store: WritableStore,
  { run, sutId, part, ordinal }: ProvisioningKey & Pick<ProvisionStep, 'part' | 'ordinal'>,
  move: { event: ProvisionStepEvent; at: number; note?: string | null },
): void {
  store.transaction(() => {
    const step = listSteps(store, { run, sutId }).find((each) => each.part === part && each.ordinal === ordinal);
    const next = step === undefined ? null : nextProvisionState(step.state, move.event);
    if (next === null) throw new WorkbenchError('INTERNAL', `A step that is ${step?.state ?? 'not there'} cannot be ${move.event}.`);
    store
      .prepare(
        `UPDATE provisioning_step SET state = @next, note = coalesce(@note, note),
           tries = tries + @begun, started_at = iif(@begun = 1, coalesce(started_at, @at), started_at),
           ended_at = iif(@next IN ('done', 'failed', 'left'), @at, NULL)
         WHERE run = @run AND sut_id = @sutId AND part = @part AND ordinal = @ordinal`,
      )
      .run({ run, sutId, part, ordinal, next, at: move.at, note: move.note ?? null, begun: move.event === 'began' ? 1 : 0 });
  })();
}
