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
