import type { ToldOf } from '../../../src-shared/model/notification.ts';
import type { Verdict } from '../../../src-shared/model/run-states.ts';

const BAD: ReadonlySet<Verdict> = new Set(['failed', 'error', 'lost']);

/** What a run that came out as `verdict` is, after one that came out as `before` (null: there was none). */
export function whyTold(verdict: Verdict, before: Verdict | null): ToldOf[] {
  const bad = BAD.has(verdict);
  const wasBad = before !== null && BAD.has(before);
  return [
    ...(bad ? (['failed'] as const) : []),
    ...(bad && before === 'passed' ? (['regressed'] as const) : []),
    ...(verdict === 'passed' && wasBad ? (['fixed'] as const) : []),
    'always',
  ];
}

const MINUTE_MS = 60_000;
/** How long after each failed try the next one comes; after the last one it is given up. */
const PAUSES_MS = [0.5, 1, 2, 5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS);

/** `refused`: the other side said that it will never take it. */
export function afterTry(
  tries: number,
  problem: { refused: boolean } | null,
): { state: 'waiting' | 'delivered' | 'givenUp'; pauseMs: number | null } {
  if (problem === null) return { state: 'delivered', pauseMs: null };
  const pauseMs = problem.refused ? undefined : PAUSES_MS[tries - 1];
  return pauseMs === undefined ? { state: 'givenUp', pauseMs: null } : { state: 'waiting', pauseMs };
}
