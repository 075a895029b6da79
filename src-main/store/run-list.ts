import type { RunFilter, RunListRow } from '../../src-shared/contract/harness/runs.ts';
import type { StripVerdict } from '../../src-shared/model/run.ts';
import { VERDICTS } from '../../src-shared/model/run-states.ts';
import type { ReadableStore } from './handle.ts';
import { conditionOf, VERDICT_OR_RUNNING } from './run-filter.ts';
import { type RunRow, toSummary } from './runs.ts';

const STRIP_LENGTH = 12;

export interface RunPage {
  rows: RunListRow[];
  total: number;
  all: number;
  facets: Record<string, number>;
}

/** One page, newest first, with what the whole of it holds. Facets are counted without the filter's verdicts. */
export function listRuns(store: ReadableStore, filter: RunFilter & { offset: number; limit: number }): RunPage {
  const matches = matchesOf(store, filter);
  const wanted = filter.verdicts === undefined ? null : new Set<string>(filter.verdicts);
  const chosen = wanted === null ? matches : matches.filter((match) => wanted.has(outcomeIn(match)));
  const page = chosen.slice(filter.offset, filter.offset + filter.limit).map((match) => Math.floor(match / OUTCOMES.length));
  return { rows: rowsOf(store, page), total: chosen.length, all: countRuns(store), facets: facetsOf(matches) };
}

const OUTCOMES = ['running', ...VERDICTS] as const;
const OUTCOME_CODE = `CASE verdict ${VERDICTS.map((verdict, index) => `WHEN '${verdict}' THEN ${index + 1}`).join(' ')} ELSE 0 END`;

/** Run number and outcome packed in one integer: of 10,000 matches half the time goes into making rows, and integers are the cheapest. */
function matchesOf(store: ReadableStore, filter: RunFilter): number[] {
  const condition = conditionOf(store, filter);
  return store
    .prepare<(string | number)[], number>(
      `SELECT number * ${OUTCOMES.length} + ${OUTCOME_CODE} FROM run WHERE ${condition.sql} ORDER BY created_at DESC, number DESC`,
    )
    .pluck()
    .all(...condition.values);
}

const outcomeIn = (match: number): string => OUTCOMES[match % OUTCOMES.length] ?? 'running';

function facetsOf(matches: number[]): Record<string, number> {
  const facets: Record<string, number> = {};
  for (const match of matches) facets[outcomeIn(match)] = (facets[outcomeIn(match)] ?? 0) + 1;
  return facets;
}

function countRuns(store: ReadableStore): number {
  return store.prepare<[], number>('SELECT count(*) FROM run').pluck().get() ?? 0;
}

function rowsOf(store: ReadableStore, numbers: number[]): RunListRow[] {
  const one = store.prepare<[number], RunRow>('SELECT * FROM run WHERE number = ?');
  const strip = store.prepare<[string, number, number], StripVerdict>(STRIP).pluck();
  return numbers.flatMap((number) => {
    const row = one.get(number);
    if (row === undefined) return [];
    return [{ run: toSummary(row), strip: strip.all(row.series_key, row.created_at, row.number).reverse() }];
  });
}

/** How the series went up to a run and with it, newest first. */
const STRIP = `SELECT CASE WHEN verdict = 'passed' AND passed = 0 AND skipped > 0 THEN 'skipped' ELSE ${VERDICT_OR_RUNNING} END
  FROM run WHERE series_key = ? AND (created_at, number) <= (?, ?) ORDER BY created_at DESC, number DESC LIMIT ${STRIP_LENGTH}`;
