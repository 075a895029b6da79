import type { ScheduleInput } from '../../src-shared/model/schedule.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export interface ScheduleRow extends ScheduleInput {
  id: string;
  by: string;
  dueAt: number | null;
  lastAt: number | null;
  lastRunId: string | null;
  problem: string | null;
}
type RawRow = Omit<ScheduleRow, 'suts' | 'enabled'> & { suts: string; enabled: number };

const SELECT = `SELECT id, name, cron, zone, plan_id AS planId, condition_id AS conditionId, suts, missed, enabled, made_by AS by,
  due_at AS dueAt, last_at AS lastAt, last_run_id AS lastRunId, problem FROM schedule`;
const parse = (row: RawRow): ScheduleRow => ({ ...row, suts: JSON.parse(row.suts) as string[], enabled: row.enabled === 1 });

export function listSchedules(store: ReadableStore): ScheduleRow[] {
  return store.prepare<[], RawRow>(`${SELECT} ORDER BY name, id`).all().map(parse);
}

export function findSchedule(store: ReadableStore, id: string): ScheduleRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE id = ?`).get(id);
  return row && parse(row);
}

/** A changed one begins anew: what was said of its last start is forgotten. */
export function saveSchedule(store: WritableStore, schedule: ScheduleInput & { id: string; by: string; dueAt: number | null }): void {
  store
    .prepare(
      `INSERT INTO schedule (id, name, cron, zone, plan_id, condition_id, suts, missed, enabled, made_by, due_at)
       VALUES (@id, @name, @cron, @zone, @planId, @conditionId, @suts, @missed, @enabled, @by, @dueAt)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, cron = excluded.cron, zone = excluded.zone, plan_id = excluded.plan_id,
         condition_id = excluded.condition_id, suts = excluded.suts, missed = excluded.missed, enabled = excluded.enabled,
         due_at = excluded.due_at, problem = NULL`,
    )
    .run({ ...schedule, suts: JSON.stringify(schedule.suts), enabled: schedule.enabled ? 1 : 0 });
}

export function deleteSchedule(store: WritableStore, id: string): boolean {
  return store.prepare('DELETE FROM schedule WHERE id = ?').run(id).changes > 0;
}

export interface ScheduleOutcome {
  id: string;
  dueAt: number | null;
  lastAt: number;
  /** Null: nothing was started; the run before it stays named. */
  runId: string | null;
  problem: string | null;
}

export function noteStart(store: WritableStore, outcome: ScheduleOutcome): void {
  store
    .prepare(
      'UPDATE schedule SET due_at = @dueAt, last_at = @lastAt, last_run_id = coalesce(@runId, last_run_id), problem = @problem WHERE id = @id',
    )
    .run(outcome);
}
