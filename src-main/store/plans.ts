import type { PlanContent, PlanVersion, TestPlan } from '../../src-shared/model/plan.ts';
import { nameKey } from '../text-key.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

interface PlanRow {
  id: string;
  createdAt: number;
  content: string;
  sha256: string;
  number: number;
  savedAt: number;
  savedBy: string;
  testDataName: string | null;
  runCount: number;
}

const NEWEST = `SELECT plan.id, plan.created_at AS createdAt, plan_content.content, version.sha256, version.number, version.saved_at AS savedAt,
    version.saved_by AS savedBy, test_data.name AS testDataName, (SELECT count(*) FROM run WHERE run.plan_id = plan.id) AS runCount
  FROM plan
  JOIN plan_version AS version ON version.plan_id = plan.id
    AND version.number = (SELECT max(number) FROM plan_version WHERE plan_id = plan.id)
  JOIN plan_content ON plan_content.sha256 = version.sha256
  LEFT JOIN test_data ON test_data.id = plan_content.content ->> 'testDataId'`;

export function listPlans(store: ReadableStore): TestPlan[] {
  return store.prepare<[], PlanRow>(`${NEWEST} ORDER BY plan.name_key`).all().map(shape);
}

export function findPlan(store: ReadableStore, id: string): TestPlan | undefined {
  const row = store.prepare<[string], PlanRow>(`${NEWEST} WHERE plan.id = ?`).get(id);
  return row && shape(row);
}

export function findPlanByName(store: ReadableStore, name: string): TestPlan | undefined {
  const row = store.prepare<[string], PlanRow>(`${NEWEST} WHERE plan.name_key = ?`).get(nameKey(name));
  return row && shape(row);
}

export interface SavedPlan {
  id: string;
  content: PlanContent;
  sha256: string;
  at: number;
  by: string;
}

/** Makes the plan, or one more version of it; the same content as the newest version makes none. The caller holds the transaction. */
export function savePlan(store: WritableStore, { id, content, sha256, at, by }: SavedPlan): void {
  store
    .prepare(
      `INSERT INTO plan (id, name, name_key, created_at) VALUES (@id, @name, @nameKey, @at)
       ON CONFLICT (id) DO UPDATE SET name = @name, name_key = @nameKey`,
    )
    .run({ id, name: content.name, nameKey: nameKey(content.name), at });
  savePlanContent(store, content, sha256);
  const newest = findPlan(store, id)?.version;
  if (newest?.sha256 === sha256) return;
  store
    .prepare('INSERT INTO plan_version (plan_id, number, sha256, saved_at, saved_by) VALUES (?, ?, ?, ?, ?)')
    .run(id, (newest?.number ?? 0) + 1, sha256, at, by);
}

function savePlanContent(store: WritableStore, content: PlanContent, sha256: string): void {
  store.prepare('INSERT INTO plan_content (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING').run(sha256, JSON.stringify(content));
}

/** What a plan said under this hash; kept as long as a plan or a run has it. */
export function findPlanContent(store: ReadableStore, sha256: string): PlanContent | undefined {
  const text = store.prepare<[string], string>('SELECT content FROM plan_content WHERE sha256 = ?').pluck().get(sha256);
  return text === undefined ? undefined : (JSON.parse(text) as PlanContent);
}

/** Newest first. */
export function listPlanVersions(store: ReadableStore, id: string): PlanVersion[] {
  return store
    .prepare<[string], PlanVersion>(
      `SELECT sha256, number, saved_at AS savedAt, saved_by AS savedBy FROM plan_version WHERE plan_id = ? ORDER BY number DESC`,
    )
    .all(id);
}

/** Its runs stay, and what they were bound to. */
export function deletePlan(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM plan WHERE id = ?').run(id);
  store
    .prepare(
      `DELETE FROM plan_content WHERE sha256 NOT IN (SELECT sha256 FROM plan_version)
         AND sha256 NOT IN (SELECT plan_sha256 FROM run WHERE plan_sha256 IS NOT NULL)`,
    )
    .run();
}

/** Plans whose newest version takes these test data. */
export function listPlansOf(store: ReadableStore, testDataId: string): TestPlan[] {
  return listPlans(store).filter((plan) => plan.testDataId === testDataId);
}

function shape({ id, createdAt, content, testDataName, runCount, ...version }: PlanRow): TestPlan {
  const { sha256, number, savedAt, savedBy } = version;
  return { ...(JSON.parse(content) as PlanContent), id, version: { sha256, number, savedAt, savedBy }, testDataName, runCount, createdAt };
}
