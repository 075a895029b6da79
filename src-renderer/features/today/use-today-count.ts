import { useRuns } from '../../state/runs.ts';

/** How many runs go on or wait. */
export function useTodayCount(): number {
  return useRuns((state) => state.running.length + state.queued.length);
}
