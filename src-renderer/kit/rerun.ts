import type { RunSummary } from '../../src-shared/model/run.ts';
import { formatCount } from '../../src-shared/text/quantities.ts';

/** The verb that runs again only what did not pass, by its exact name; null where that would be everything or nothing. */
export function restToRerun({ counts: { passed, failed, skipped, notRun } }: Pick<RunSummary, 'counts'>): string | null {
  if (failed + notRun === 0 || passed + failed + skipped === 0) return null;
  if (notRun === 0) return `Rerun ${formatCount(failed)} failed`;
  return failed === 0 ? `Rerun ${formatCount(notRun)} not run` : `Rerun ${formatCount(failed + notRun)} not passed`;
}
