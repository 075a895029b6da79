import type { RunState } from '../../src-shared/model/run-states.ts';
import type { Run, RunSummary } from '../../src-shared/model/run.ts';
import { STATE_WORDS } from '../../src-shared/text/words.ts';

/** In order, as the words list them. Schemas stay out of the page: the harness has parsed what it sends. */
const STATES = Object.keys(STATE_WORDS) as RunState[];

/** The steps every run goes through, without its end. */
export const PHASES = STATES.filter((state) => state !== 'ended');

export type PhaseLook = 'done' | 'now' | 'todo' | 'skipped' | 'failed';

export interface PhaseSegment {
  readonly state: RunState;
  readonly look: PhaseLook;
  /** Relative width. Fixed per phase, so that a strip never changes its shape while one watches. */
  readonly share: number;
  /** 0 to 1 where it is known how far the phase is; null where nobody can know. */
  readonly progress: number | null;
}

const SHARES: Readonly<Record<RunState, number>> = {
  queued: 1,
  preparing: 2,
  provisioning: 6,
  executing: 10,
  tearingDown: 2,
  collecting: 1,
  ended: 0,
};

export function doneCount(run: Pick<RunSummary, 'counts'>): number {
  return run.counts.passed + run.counts.failed + run.counts.skipped;
}

/** Cases done of cases selected while executing; null elsewhere and before the total is known. */
export function progressOf(run: Pick<RunSummary, 'state' | 'counts' | 'total'>): number | null {
  if (run.state !== 'executing' || run.total <= 0) return null;
  return Math.min(1, doneCount(run) / run.total);
}

/** Segments for lists: a summary knows the state and what was skipped, a whole run also what failed or never began. */
export function segmentsOf(run: RunSummary | Run): readonly PhaseSegment[] {
  const at = STATES.indexOf(run.state);
  const known = 'phases' in run ? new Map(run.phases.map((phase) => [phase.state, phase.outcome])) : null;
  return PHASES.map((state, index) => {
    const outcome = known?.get(state) ?? (run.skippedPhases.includes(state) ? 'skipped' : undefined);
    const look: PhaseLook = index === at ? 'now' : lookOfPast(index < at, outcome, known !== null);
    return { state, look, share: SHARES[state], progress: look === 'now' ? progressOf(run) : null };
  });
}

function lookOfPast(past: boolean, outcome: string | undefined, complete: boolean): PhaseLook {
  if (!past) return 'todo';
  if (outcome === 'skipped' || outcome === 'failed') return outcome;
  return complete && outcome === undefined ? 'todo' : 'done';
}
