import type { ActivityBucket, ActivityFigures, ActivitySpan, KindFigures } from '../../src-shared/model/activity.ts';
import { quantile } from '../../src-shared/text/quantile.ts';
import type { ReadableStore } from './handle.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SPANS: Readonly<Record<ActivitySpan, { bucketMs: number; buckets: number }>> = {
  hour: { bucketMs: 5 * MINUTE, buckets: 12 },
  day: { bucketMs: HOUR, buckets: 24 },
  week: { bucketMs: 6 * HOUR, buckets: 28 },
};

/** A run that began earlier than this before the span is not looked for. */
const LONGEST_RUN = 14 * 24 * HOUR;

interface EndedRun {
  number: number;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  unhappy: number;
  rerun: number;
}

/** What happened within a span up to now. Imported runs were not executed here and do not count. */
export function activityFigures(store: ReadableStore, { span, now }: { span: ActivitySpan; now: number }): ActivityFigures {
  const { bucketMs, buckets } = SPANS[span];
  const to = (Math.floor(now / bucketMs) + 1) * bucketMs;
  const from = to - buckets * bucketMs;
  const runs = runsTouching(store, from);
  const ended = runs.filter((run) => run.endedAt !== null && run.endedAt >= from);
  const waits = runs.flatMap(({ createdAt, startedAt }) => (startedAt === null || startedAt < from ? [] : [startedAt - createdAt]));
  return {
    ...{ span, from, to, bucketMs },
    buckets: Array.from({ length: buckets }, (_, index) => bucketOf(runs, { from: from + index * bucketMs, bucketMs, now })),
    kinds: [runFigures(ended), ...phaseFigures(store, from)],
    waitMedianMs: quantile(waits, 0.5),
    waitP95Ms: quantile(waits, 0.95),
    reruns: runs.filter(({ rerun, createdAt }) => rerun === 1 && createdAt >= from).length,
  };
}

function runsTouching(store: ReadableStore, from: number): EndedRun[] {
  return store
    .prepare<[number, number], EndedRun>(
      `SELECT number, created_at AS createdAt, started_at AS startedAt, ended_at AS endedAt,
         verdict IN ('failed', 'error', 'lost') AS unhappy, rerun_of IS NOT NULL AS rerun
       FROM run WHERE created_at >= ? AND imported_at IS NULL AND (ended_at IS NULL OR ended_at >= ?)`,
    )
    .all(from - LONGEST_RUN, from);
}

function bucketOf(runs: readonly EndedRun[], { from, bucketMs, now }: { from: number; bucketMs: number; now: number }): ActivityBucket {
  const to = from + bucketMs;
  const end = Math.min(to, now);
  const ended = runs.filter(({ endedAt }) => endedAt !== null && endedAt >= from && endedAt < to);
  const waits = ({ createdAt, startedAt, endedAt }: EndedRun): boolean => createdAt < end && (startedAt ?? endedAt ?? Infinity) >= end;
  return {
    from,
    ended: ended.length,
    unhappy: ended.filter(({ unhappy }) => unhappy === 1).length,
    waiting: from > now ? 0 : runs.filter(waits).length,
  };
}

function runFigures(ended: readonly EndedRun[]): KindFigures {
  const took = ended.flatMap(({ startedAt, endedAt }) => (startedAt === null || endedAt === null ? [] : [endedAt - startedAt]));
  return figures('run', took, { done: ended.length, failed: ended.filter(({ unhappy }) => unhappy === 1).length });
}

const PHASES = ['preparing', 'provisioning', 'executing', 'tearingDown', 'collecting'] as const;

/** Skipped phases were not done. */
function phaseFigures(store: ReadableStore, from: number): KindFigures[] {
  const rows = store
    .prepare<[number, number], { state: string; took: number; failed: number }>(
      `SELECT p.state, p.ended_at - p.started_at AS took, p.outcome = 'failed' AS failed
       FROM run JOIN run_phase AS p ON p.run = run.number
       WHERE run.created_at >= ? AND run.imported_at IS NULL AND p.ended_at >= ? AND p.outcome IN ('done', 'failed') AND p.state <> 'queued'`,
    )
    .all(from - LONGEST_RUN, from);
  return PHASES.map((kind) => {
    const own = rows.filter(({ state }) => state === kind);
    const took = own.map((row) => row.took);
    return figures(kind, took, { done: own.length, failed: own.filter(({ failed }) => failed === 1).length });
  });
}

function figures(kind: KindFigures['kind'], took: readonly number[], counts: Pick<KindFigures, 'done' | 'failed'>): KindFigures {
  return { kind, ...counts, medianMs: quantile(took, 0.5), p95Ms: quantile(took, 0.95) };
}
