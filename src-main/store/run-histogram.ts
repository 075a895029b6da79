import type { HistogramBucket, RunFilter } from '../../src-shared/contract/harness/runs.ts';
import type { z } from 'zod';
import type { ReadableStore } from './handle.ts';
import { conditionOf, VERDICT_OR_RUNNING } from './run-filter.ts';

export type Bucket = z.infer<typeof HistogramBucket>;

/** Runs over time, in equal buckets from `from` to `to`, each counted by verdict (`running` for those without). */
export function histogramOf(store: ReadableStore, filter: RunFilter & { from: number; to: number; buckets: number }): Bucket[] {
  const width = Math.max(1, Math.ceil((filter.to - filter.from) / filter.buckets));
  const buckets: Bucket[] = Array.from({ length: filter.buckets }, (_, index) => ({
    from: filter.from + index * width,
    to: Math.min(filter.from + (index + 1) * width, filter.to),
    counts: {},
  }));
  const condition = conditionOf(store, filter);
  const wanted = filter.verdicts === undefined ? '1' : 'verdict IN (SELECT value FROM json_each(?))';
  const rows = store
    .prepare<(string | number)[], [number, string, number]>(
      `SELECT CAST((created_at - ?) / ? AS INTEGER) AS bucket, ${VERDICT_OR_RUNNING} AS outcome, count(*) FROM run
       WHERE ${condition.sql} AND ${wanted} GROUP BY bucket, outcome`,
    )
    .raw()
    .all(filter.from, width, ...condition.values, ...(filter.verdicts === undefined ? [] : [JSON.stringify(filter.verdicts)]));
  for (const [bucket, outcome, count] of rows) {
    const counts = buckets[bucket]?.counts;
    if (counts !== undefined) counts[outcome] = count;
  }
  return buckets.filter(({ from, to }) => from < to);
}
