import type { RunFilter } from '../../src-shared/contract/harness/runs.ts';
import type { ReadableStore } from './handle.ts';
import { searchWords } from './run-search.ts';

/** A condition over the table `run` and the values it binds, in order. */
export interface RunCondition {
  sql: string;
  values: (string | number)[];
}

/** `verdict` or, while a run has none, `running`. */
export const VERDICT_OR_RUNNING = "coalesce(verdict, 'running')";

/** All that a filter says but its verdicts, which facets leave out. Times are of creation; `from` belongs to the span, `to` does not. */
export function conditionOf(store: ReadableStore, filter: RunFilter): RunCondition {
  const parts: RunCondition[] = [{ sql: '1', values: [] }];
  const add = (sql: string, ...values: (string | number | undefined)[]) => {
    if (values[0] !== undefined) parts.push({ sql, values: values.filter((value) => value !== undefined) });
  };
  add('created_at >= ?', filter.from);
  add('created_at < ?', filter.to);
  add('test_data_id = ?', filter.testDataId);
  add('plan_id = ?', filter.planId);
  add('name = ?', filter.name);
  add('condition = ?', filter.condition);
  add('started_by = ?', filter.startedBy);
  add('number IN (SELECT run FROM run_sut WHERE run_sut.name = ?)', filter.sut);
  if (filter.states !== undefined) add('state IN (SELECT value FROM json_each(?))', JSON.stringify(filter.states));
  if (filter.text !== undefined) parts.push(...textCondition(store, filter.text));
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) };
}

/** One pass over the search rows, whatever the number of words. */
function textCondition(store: ReadableStore, text: string): RunCondition[] {
  const words = searchWords(store, text);
  if (words.length === 0) return [];
  const tests = words.map(({ nameSets, failureSets }) =>
    [
      'instr(words, ?) > 0',
      nameSets.length > 0 ? 'name_set IN (SELECT value FROM json_each(?))' : '',
      failureSets.length > 0 ? 'failure_set IN (SELECT value FROM json_each(?))' : '',
    ].filter((test) => test !== ''),
  );
  return [
    {
      // The plus keeps the runs in the order of their index: looking up and sorting thousands of matches would cost more.
      sql: `+number IN (SELECT run FROM run_search WHERE ${tests.map((test) => `(${test.join(' OR ')})`).join(' AND ')})`,
      values: words.flatMap(({ folded, ...sets }) => [
        folded,
        ...[sets.nameSets, sets.failureSets].filter((ids) => ids.length > 0).map((ids) => JSON.stringify(ids)),
      ]),
    },
  ];
}
