import type { ReadableStore } from './handle.ts';

/** Which SUTs are needed by whose runs, for every run that is not ended. */
export function listUnendedRunsOf(store: ReadableStore): { run: number; sutId: string; starter: string }[] {
  return store
    .prepare<[], { run: number; sutId: string; starter: string }>(
      `SELECT run.number AS run, run_sut.sut_id AS sutId, run.started_by AS starter
       FROM run JOIN run_sut ON run_sut.run = run.number WHERE run.state <> 'ended'`,
    )
    .all();
}
