import type { z } from 'zod';
import type { HistogramBucket, RunFilter, RunFilterChoices, RunList } from '../../../src-shared/contract/harness/runs.ts';
import type { MergedTest } from '../../../src-shared/contract/harness/record.ts';
import type { ActivityFigures, ActivitySpan } from '../../../src-shared/model/activity.ts';
import { ReadThread } from '../../workers/read-thread.ts';
import type { ReadRunsQueries, ReadRunsSettings } from './read-runs.thread.ts';
import threadFile from './read-runs.thread?modulePath';

type Asked = Pick<ReadRunsQueries, 'history' | 'overview' | 'results'>;
type HistoryReader = { [Name in keyof Asked]: (input: Parameters<Asked[Name]>[0]) => Promise<ReturnType<Asked[Name]>> };

/** The run list and what belongs to it, read on a connection and a thread of its own. */
export class RunReader {
  readonly #thread: ReadThread<ReadRunsQueries>;

  readonly #listed: () => void;

  /** `listed` hears of each look at the list: who looks at it opens a run next. */
  constructor(settings: ReadRunsSettings, listed: () => void = () => undefined) {
    this.#listed = listed;
    this.#thread = new ReadThread<ReadRunsQueries>(threadFile, settings);
  }

  async list(filter: RunFilter & { offset: number; limit: number }): Promise<RunList> {
    const began = performance.now();
    this.#listed();
    const page = await this.#thread.ask('list', filter);
    return { ...page, tookMs: Math.round((performance.now() - began) * 10) / 10 };
  }

  histogram(filter: RunFilter & { from: number; to: number; buckets: number }): Promise<z.infer<typeof HistogramBucket>[]> {
    return this.#thread.ask('histogram', filter);
  }

  filterChoices(): Promise<z.infer<typeof RunFilterChoices>> {
    return this.#thread.ask('filterChoices', undefined);
  }

  /** A run and the reruns of its failures, test by test. */
  merged(id: string): Promise<MergedTest[]> {
    return this.#thread.ask('merged', id);
  }

  /** What the history of tests and runs is made of. */
  readonly history: HistoryReader = {
    history: (input) => this.#thread.ask('history', input),
    overview: (input) => this.#thread.ask('overview', input),
    results: (runId) => this.#thread.ask('results', runId),
  };

  /** What ended and waited within a span up to `now`. */
  figures(input: { span: ActivitySpan; now: number }): Promise<ActivityFigures> {
    return this.#thread.ask('figures', input);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
