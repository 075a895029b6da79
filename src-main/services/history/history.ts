import type { Comparison } from '../../../src-shared/model/comparison.ts';
import type { History, HistoryOverview, HistoryQuestion } from '../../../src-shared/model/history.ts';
import type { Run, RunSummary } from '../../../src-shared/model/run.ts';
import type { Clock } from '../../clock.ts';
import { compareTests, factsOf, flatten, type ResultOfTest } from './compare-runs.ts';

export interface HistoryServices {
  clock: Clock;
  /** Read in a thread. */
  read: {
    history(input: { question: HistoryQuestion; now: number }): Promise<Omit<History, 'tookMs'>>;
    overview(input: { now: number }): Promise<Omit<HistoryOverview, 'tookMs'>>;
    results(runId: string): Promise<ResultOfTest[]>;
  };
  run(id: string): Run;
  /** What the machines of a run were said to be when it was started, by their names. */
  machines(id: string): Promise<Record<string, unknown>>;
  /** The variables of its condition, by name. */
  variables(id: string): Promise<Record<string, unknown>>;
}

export interface HistoryService {
  of(question: HistoryQuestion): Promise<History>;
  overview(): Promise<HistoryOverview>;
  compare(ids: readonly string[]): Promise<Comparison>;
}

export function createHistory(services: HistoryServices): HistoryService {
  const { read, clock } = services;
  return {
    of: (question) => timed(() => read.history({ question, now: clock.now() })),
    overview: () => timed(() => read.overview({ now: clock.now() })),
    compare: async (ids) => {
      const runs = [...new Set(ids)].map((id) => services.run(id));
      const compared = await Promise.all(
        runs.map(async (run) => ({
          run,
          machines: flatten(await services.machines(run.id)),
          variables: flatten(await services.variables(run.id)),
        })),
      );
      const results = await Promise.all(runs.map(({ id }) => read.results(id)));
      return { runs: runs.map(summaryOf), facts: factsOf(compared), ...compareTests(results) };
    },
  };
}

async function timed<T>(work: () => Promise<T>): Promise<T & { tookMs: number }> {
  const began = performance.now();
  const answer = await work();
  return { ...answer, tookMs: Math.round((performance.now() - began) * 10) / 10 };
}

const summaryOf = (run: Run): RunSummary => run;
