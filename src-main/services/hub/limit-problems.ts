import { limitProblem } from '../../../src-shared/model/share-limits.ts';
import { findShareLimits } from '../../store/hub.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findSutByName } from '../../store/suts.ts';

/** What the owner of this harness set for these machines, and the wish does not hold to. */
export function limitProblems(
  store: ReadableStore,
  suts: readonly string[],
  wanted: { groups: readonly string[]; begin: number; end: number | null },
): string[] {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return suts.flatMap(
    (name) => limitProblem(name, findShareLimits(store, findSutByName(store, name)?.id ?? ''), { ...wanted, zone }) ?? [],
  );
}
