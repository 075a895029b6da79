import { workerData } from 'node:worker_threads';
import type { RunFilter } from '../../../src-shared/contract/harness/runs.ts';
import type { ActivitySpan } from '../../../src-shared/model/activity.ts';
import { activityFigures } from '../../store/activity-figures.ts';
import type { HistoryQuestion } from '../../../src-shared/model/history.ts';
import { historyOf, historyOverview } from '../../store/history-answers.ts';
import { listResults } from '../../store/run-results.ts';
import { openForReading } from '../../store/open.ts';
import { filterChoices } from '../../store/run-filter-choices.ts';
import { histogramOf } from '../../store/run-histogram.ts';
import { listRuns } from '../../store/run-list.ts';
import { mergedTests } from '../../store/run-merged.ts';
import { searchWords } from '../../store/run-search.ts';
import { serveQueries } from '../../workers/serve-queries.ts';

const { file, nativeBinding } = workerData as ReadRunsSettings;
const store = openForReading(file, nativeBinding ?? undefined);
// What the first search would have to read before it can answer is read now.
searchWords(store, 'the');

export interface ReadRunsSettings {
  file: string;
  nativeBinding: string | null;
}

const queries = {
  list: (filter: RunFilter & { offset: number; limit: number }) => listRuns(store, filter),
  histogram: (filter: RunFilter & { from: number; to: number; buckets: number }) => histogramOf(store, filter),
  filterChoices: () => filterChoices(store),
  merged: (id: string) => mergedTests(store, id),
  history: (input: { question: HistoryQuestion; now: number }) => historyOf(store, input),
  overview: (input: { now: number }) => historyOverview(store, input),
  results: (runId: string) => listResults(store, runId),
  figures: (input: { span: ActivitySpan; now: number }) => activityFigures(store, input),
};
export type ReadRunsQueries = typeof queries;

serveQueries(queries);
