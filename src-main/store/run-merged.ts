import type { MergedTest } from '../../src-shared/contract/harness/record.ts';
import type { ItemStatus } from '../../src-shared/model/record.ts';
import type { ReadableStore } from './handle.ts';

interface ResultRow {
  runId: string;
  longName: string;
  item: number;
  status: ItemStatus;
  message: string | null;
}

/** The run, then the reruns of its failures and of theirs, oldest first. A rerun of everything is a run of its own. */
const CHAIN = `WITH RECURSIVE chain (number, id) AS (
    SELECT number, id FROM run WHERE id = ?
    UNION SELECT run.number, run.id FROM run JOIN chain ON run.rerun_of = chain.id WHERE run.failed_only = 1)
  SELECT chain.id AS runId, long_name AS longName, item, status, message
  FROM chain JOIN run_result ON run = chain.number JOIN result_name ON result_name.id = name_id
  ORDER BY chain.number, ordinal`;

/**
 * Every test of a run and its reruns, in the order of the first run. The newest outcome counts; a rerun that never came to a test has
 * none. Tests of one long name (Robot allows them) are told apart by their order.
 */
export function mergedTests(store: ReadableStore, id: string): MergedTest[] {
  const merged = new Map<string, MergedTest>();
  const seen = new Map<string, number>();
  for (const row of store.prepare<[string], ResultRow>(CHAIN).iterate(id)) {
    const place = JSON.stringify([row.runId, row.longName]);
    const nth = seen.get(place) ?? 0;
    seen.set(place, nth + 1);
    const key = `${nth} ${row.longName}`;
    merged.set(key, withOutcome(merged.get(key), row));
  }
  return [...merged.values()];
}

function withOutcome(before: MergedTest | undefined, { longName, ...row }: ResultRow): MergedTest {
  const outcomes = [...(before?.outcomes ?? []), { runId: row.runId, status: row.status }];
  if (before !== undefined && row.status === 'notRun') return { ...before, outcomes };
  return { longName, name: before?.name ?? nameIn(longName), ...row, outcomes };
}

/** A name may hold dots itself; then only its last part is shown, and the long name beside it tells the rest. */
const nameIn = (longName: string) => longName.slice(longName.lastIndexOf('.') + 1).trim() || longName;
