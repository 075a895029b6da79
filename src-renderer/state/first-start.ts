import { useRuns } from './runs.ts';
import { useSuts } from './suts.ts';
import { useSystem } from './system.ts';
import { useTestData } from './test-data.ts';

/** True while there is nothing yet: no test data, no machine, no run. Null until that is known. */
export function useFirstStart(): boolean | null {
  const empty = useSystem((state) => state.info?.empty ?? null);
  const hasData = useTestData((state) => state.list.length > 0);
  const hasSuts = useSuts((state) => state.order.length > 0);
  const hasRuns = useRuns((state) => state.active.size > 0);
  return empty === null ? null : empty && !hasData && !hasSuts && !hasRuns;
}
