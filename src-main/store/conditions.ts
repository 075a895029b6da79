import type { ConditionVariable } from '../../src-shared/model/condition.ts';
import { nameKey } from '../text-key.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** A condition as it is kept: its own variables, secrets by reference. */
export interface ConditionRow {
  id: string;
  name: string;
  doc: string;
  parentId: string | null;
  variables: ConditionVariable[];
  createdAt: number;
  changedAt: number;
  changedBy: string;
}

type RawRow = Omit<ConditionRow, 'variables'> & { variables: string };

const SELECT = `SELECT id, name, doc, parent_id AS parentId, variables, created_at AS createdAt, changed_at AS changedAt,
  changed_by AS changedBy FROM test_condition`;

export function listConditions(store: ReadableStore): ConditionRow[] {
  return store.prepare<[], RawRow>(`${SELECT} ORDER BY name_key`).all().map(parse);
}

export function findCondition(store: ReadableStore, id: string): ConditionRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE id = ?`).get(id);
  return row && parse(row);
}

export function findConditionByName(store: ReadableStore, name: string): ConditionRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE name_key = ?`).get(nameKey(name));
  return row && parse(row);
}

/** Writes it and which secrets it refers to; those it no longer has go unless a run has them. The caller holds the transaction. */
export function saveCondition(store: WritableStore, condition: ConditionRow): void {
  store
    .prepare(
      `INSERT INTO test_condition (id, name, name_key, doc, parent_id, variables, created_at, changed_at, changed_by)
       VALUES (@id, @name, @nameKey, @doc, @parentId, @variables, @createdAt, @changedAt, @changedBy)
       ON CONFLICT (id) DO UPDATE SET name = @name, name_key = @nameKey, doc = @doc, parent_id = @parentId, variables = @variables,
         changed_at = @changedAt, changed_by = @changedBy`,
    )
    .run({ ...condition, nameKey: nameKey(condition.name), variables: JSON.stringify(condition.variables) });
  const references = condition.variables.flatMap(({ type, value }) => (type === 'secret' && value !== null ? [value] : []));
  store
    .prepare('DELETE FROM condition_secret WHERE condition_id = ? AND reference NOT IN (SELECT value FROM json_each(?))')
    .run(condition.id, JSON.stringify(references));
  const refer = store.prepare('INSERT INTO condition_secret (condition_id, reference) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const reference of references) refer.run(condition.id, reference);
}

export function deleteCondition(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM test_condition WHERE id = ?').run(id);
}

/** Notes the secret variables of a run; the values stay where they are. */
export function saveRunSecrets(store: WritableStore, run: number, secrets: Readonly<Record<string, string>>): void {
  const save = store.prepare('INSERT INTO run_secret (run, name, reference) VALUES (?, ?, ?)');
  for (const [name, reference] of Object.entries(secrets)) save.run(run, name, reference);
}

/** Variable name to the reference of its secret. */
export function listRunSecrets(store: ReadableStore, run: number): Record<string, string> {
  const rows = store
    .prepare<[number], { name: string; reference: string }>('SELECT name, reference FROM run_secret WHERE run = ? ORDER BY name')
    .all(run);
  return Object.fromEntries(rows.map(({ name, reference }) => [name, reference]));
}

function parse(row: RawRow): ConditionRow {
  return { ...row, variables: JSON.parse(row.variables) as ConditionVariable[] };
}
