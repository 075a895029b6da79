import type { UsageSample } from '../../src-shared/model/activity.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** What the processes of a run took; empty where nobody looked. */
export function readUsage(store: ReadableStore, run: number): UsageSample[] {
  const samples = store.prepare<[number], string>('SELECT samples FROM run_usage WHERE run = ?').pluck().get(run);
  return samples === undefined ? [] : (JSON.parse(samples) as UsageSample[]);
}

/** Replaces the series of a run that is still there. */
export function writeUsage(store: WritableStore, runId: string, samples: readonly UsageSample[]): void {
  store
    .prepare(
      `INSERT INTO run_usage (run, samples) SELECT number, @samples FROM run WHERE id = @runId
       ON CONFLICT (run) DO UPDATE SET samples = excluded.samples`,
    )
    .run({ runId, samples: JSON.stringify(samples) });
}
