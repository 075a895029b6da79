import type { TriggerDelivery, TriggerInput } from '../../src-shared/model/trigger.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export interface TriggerRow extends TriggerInput {
  id: string;
  by: string;
  secretHash: string;
  /** Reference of the secret; null: only its hash is kept. */
  secret: string | null;
  secretMadeAt: number;
  strangerAt: number | null;
}
type RawRow = Omit<TriggerRow, 'suts' | 'conditions' | 'variables' | 'enabled'> & {
  suts: string;
  conditions: string;
  variables: string;
  enabled: number;
};

const SELECT = `SELECT id, name, plan_id AS planId, condition_id AS conditionId, suts, proof, conditions, variables, enabled, made_by AS by,
  secret_hash AS secretHash, secret, secret_made_at AS secretMadeAt, stranger_at AS strangerAt FROM run_trigger`;
const list = (text: string) => JSON.parse(text) as string[];
const parse = (row: RawRow): TriggerRow => ({
  ...row,
  suts: list(row.suts),
  conditions: list(row.conditions),
  variables: list(row.variables),
  enabled: row.enabled === 1,
});

export function listTriggers(store: ReadableStore): TriggerRow[] {
  return store.prepare<[], RawRow>(`${SELECT} ORDER BY name, id`).all().map(parse);
}

export function findTrigger(store: ReadableStore, id: string): TriggerRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE id = ?`).get(id);
  return row && parse(row);
}

export function saveTrigger(store: WritableStore, trigger: Omit<TriggerRow, 'strangerAt'>): void {
  const { suts, conditions, variables, enabled } = trigger;
  store
    .prepare(
      `INSERT INTO run_trigger (id, name, plan_id, condition_id, suts, proof, conditions, variables, enabled, made_by, secret_hash, secret,
         secret_made_at)
       VALUES (@id, @name, @planId, @conditionId, @suts, @proof, @conditions, @variables, @enabled, @by, @secretHash, @secret, @secretMadeAt)
       ON CONFLICT (id) DO UPDATE SET name = @name, plan_id = @planId, condition_id = @conditionId, suts = @suts, proof = @proof,
         conditions = @conditions, variables = @variables, enabled = @enabled, secret_hash = @secretHash, secret = @secret,
         secret_made_at = @secretMadeAt`,
    )
    .run({
      ...trigger,
      ...{ suts: JSON.stringify(suts), conditions: JSON.stringify(conditions), variables: JSON.stringify(variables) },
      enabled: enabled ? 1 : 0,
    });
}

export function deleteTrigger(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM run_trigger WHERE id = ?').run(id);
}

export function noteStranger(store: WritableStore, id: string, at: number): void {
  store.prepare('UPDATE run_trigger SET stranger_at = ? WHERE id = ?').run(at, id);
}

export function listTriggerDeliveries(store: ReadableStore, triggerId: string, limit: number): TriggerDelivery[] {
  return store
    .prepare<[string, number], TriggerDelivery>(
      `SELECT id, key, first_at AS firstAt, last_at AS lastAt, times, run_id AS runId, problem FROM run_trigger_delivery
       WHERE trigger_id = ? ORDER BY last_at DESC, id DESC LIMIT ?`,
    )
    .all(triggerId, limit);
}

/** The run that a delivery has started before, where it did. */
export function findDeliveredRun(store: ReadableStore, triggerId: string, key: string): { id: string; runId: string } | undefined {
  return store
    .prepare<[string, string], { id: string; runId: string }>(
      'SELECT id, run_id AS runId FROM run_trigger_delivery WHERE trigger_id = ? AND key = ? AND run_id IS NOT NULL',
    )
    .get(triggerId, key);
}

interface Outcome {
  /** Of a delivery that is new. */
  id: string;
  triggerId: string;
  key: string | null;
  at: number;
  runId: string | null;
  problem: string | null;
}

/** Notes a delivery, or that it came again; one that has its run keeps it. Only the newest `keep` of a trigger stay. Answers its id. */
export function noteTriggerDelivery(store: WritableStore, outcome: Outcome, keep: number): string {
  const { triggerId } = outcome;
  const id = store
    .prepare<[Outcome], string>(
      `INSERT INTO run_trigger_delivery (id, trigger_id, key, first_at, last_at, times, run_id, problem)
       VALUES (@id, @triggerId, @key, @at, @at, 1, @runId, @problem)
       ON CONFLICT (trigger_id, key) DO UPDATE SET last_at = @at, times = times + 1, run_id = coalesce(run_id, @runId),
         problem = CASE WHEN coalesce(run_id, @runId) IS NULL THEN @problem END
       RETURNING id`,
    )
    .pluck()
    .get(outcome);
  store
    .prepare(
      `DELETE FROM run_trigger_delivery WHERE trigger_id = @triggerId AND id NOT IN
         (SELECT id FROM run_trigger_delivery WHERE trigger_id = @triggerId ORDER BY last_at DESC, id DESC LIMIT @keep)`,
    )
    .run({ triggerId, keep });
  return id ?? outcome.id;
}
