import type { Run } from '../../../../src-shared/model/run.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import type { Bar, Span } from '../model/time-axis.ts';

/** What ran in a stretch of time, tests first, then their keywords by how deep they lie. */
export interface Ran {
  readonly tests: readonly Bar[];
  /** Level by level; none that would be narrower than a point. */
  readonly keywords: readonly (readonly Bar[])[];
  /** There was more than can be told apart: the longest and what failed are here. */
  readonly cut: boolean;
}

/** Points across that a usual lane has. */
const WIDTH = 1200;
const LEVELS = 4;

/** Asked again when the view moves, and at each `turn` while the run goes on. */
export function useRan({ id, state }: Run, { from, to }: Span, { turn, until }: { turn: number; until: number }): Ran {
  const asked = { id, from: Math.floor(from), to: Math.ceil(to), shortest: (to - from) / WIDTH, levels: LEVELS };
  const { data } = useCall((signal) => client.record.within(asked, { signal }), [asked, state, turn]);
  const levels: Bar[][] = Array.from({ length: LEVELS }, () => []);
  for (const { level, id: item, name, args, status, startedAt, elapsed } of data?.items ?? []) {
    const end = elapsed === null ? until : startedAt + elapsed / 1000;
    levels[level]?.push({ item, name: [name, ...args].join('    '), status, from: startedAt, to: end });
  }
  const [tests = [], ...keywords] = levels;
  return { tests, keywords: keywords.filter((bars) => bars.length > 0), cut: data?.cut ?? false };
}
