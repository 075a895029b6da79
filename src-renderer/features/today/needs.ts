import type { RunListRow } from '../../../src-shared/contract/harness/runs.ts';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { CAUSE_WORDS } from '../../../src-shared/text/words.ts';
import type { Mark } from '../../kit/marks.ts';

/** Something that came out so that a person should look. */
export interface Need {
  readonly run: RunSummary;
  readonly mark: Mark;
  readonly title: string;
  readonly why: string;
}

const seriesOf = (run: RunSummary): string => JSON.stringify([run.name, run.condition, run.suts.toSorted()]);

/**
 * From what came out, newest first: each series whose latest run did not pass, unless a person stopped it or a run of the series is under
 * way. What passed since needs nobody.
 */
export function needsOf(rows: readonly RunListRow[], active: Iterable<RunSummary> = []): readonly Need[] {
  const settled = new Set([...active].map(seriesOf));
  const needs: Need[] = [];
  for (const { run, strip } of rows) {
    const series = seriesOf(run);
    if (settled.has(series)) continue;
    settled.add(series);
    const need = needOf(run, passedBefore(strip));
    if (need !== null) needs.push(need);
  }
  return needs;
}

/** How many of the runs right before the last one passed. */
export function passedBefore(strip: RunListRow['strip']): number {
  const before = strip.slice(0, -1).toReversed();
  const broke = before.findIndex((verdict) => verdict !== 'passed');
  return broke < 0 ? before.length : broke;
}

function needOf(run: RunSummary, passed: number): Need | null {
  const where = run.suts.length === 0 ? '' : ` on ${run.suts.length > 2 ? `${run.suts.length} machines` : run.suts.join(', ')}`;
  const history = passed === 0 ? '' : passed === 1 ? ', passed in the run before' : `, passed in the ${passed} runs before`;
  switch (run.verdict) {
    case 'failed':
      return {
        run,
        mark: 'failed',
        title: `${run.name} ${passed > 1 ? 'regressed' : 'failed'}${where}`,
        why:
          run.happened === null
            ? `${formatCount(run.counts.failed)} of ${formatCount(run.total)} failed${history}`
            : `${run.happened}${history}`,
      };
    case 'error':
      return {
        run,
        mark: 'error',
        title: `${run.name} could not do its work${where}`,
        why: run.happened ?? (run.cause === null ? 'The cause is not known' : `Cause: ${CAUSE_WORDS[run.cause]}`),
      };
    case 'lost':
      return {
        run,
        mark: 'lost',
        title: `${run.name} was lost${where}`,
        why: run.happened ?? 'Its supervisor is gone; the record is kept up to that moment',
      };
    default:
      return null;
  }
}
