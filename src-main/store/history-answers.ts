import type { History, HistoryOverview, HistoryPoint, HistoryQuestion, TestNews } from '../../src-shared/model/history.ts';
import { cellsOf, clustersOf, failingOf, flakinessOf, suspicionOf } from '../../src-shared/model/history-figures.ts';
import { quantile } from '../../src-shared/text/quantile.ts';
import type { ReadableStore } from './handle.ts';
import { listFailedTests, MOST_POINTS, readPoints, readSutTime } from './history.ts';

const DAY = 86_400_000;

export function historyOf(store: ReadableStore, { question, now }: { question: HistoryQuestion; now: number }): Omit<History, 'tookMs'> {
  const { days, ...subject } = question;
  const from = now - days * DAY;
  const found = readPoints(store, { ...subject, from });
  const points = found.slice(-MOST_POINTS);
  const counts: Record<string, number> = {};
  for (const { verdict } of points) counts[verdict] = (counts[verdict] ?? 0) + 1;
  // Of what passed: a failure ends early, or late.
  const took = points.flatMap(({ verdict, tookMs }) => (verdict === 'passed' && tookMs !== null ? [tookMs] : []));
  return {
    ...{ kind: question.kind, key: question.key, from, points, counts },
    more: found.length > points.length,
    medianMs: quantile(took, 0.5),
    p95Ms: quantile(took, 0.95),
    flakiness: flakinessOf(points),
    failing: failingOf(points),
    suspicion: suspicionOf(points),
    clusters: clustersOf(points),
    cells: cellsOf(points),
    time: question.kind === 'sut' ? readSutTime(store, { sut: question.key, from, now }) : null,
  };
}

/** Tests that are looked at, and points of each: enough for a strip and some pairs. */
const MOST_TESTS = 150;
const POINTS_EACH = 41;
const STRIP = 12;
const MOST_SHOWN = 20;

/** What broke within the last day, and what is flaky among what failed within the last week. */
export function historyOverview(store: ReadableStore, { now }: { now: number }): Omit<HistoryOverview, 'tookMs'> {
  const tests = listFailedTests(store, now - 7 * DAY, MOST_TESTS).map((test) => {
    const subject = { kind: 'test', key: test.longName, ...(test.testDataId === null ? {} : { testDataId: test.testDataId }) } as const;
    const points = readPoints(store, { ...subject, from: 0, most: POINTS_EACH });
    return { points, news: newsOf(test, points) };
  });
  const week = tests.flatMap(({ points }) => points.filter(({ at }) => at >= now - 7 * DAY));
  const broke = tests.filter(({ points }) => {
    const failing = failingOf(points);
    return failing?.lastPass != null && failing.since.at >= now - DAY;
  });
  return {
    broke: broke.map(({ news }) => news).slice(0, MOST_SHOWN),
    flaky: tests
      .map(({ news }) => news)
      .filter(({ flakiness }) => flakiness.flaky)
      .sort((a, b) => (b.flakiness.share ?? 0) - (a.flakiness.share ?? 0))
      .slice(0, MOST_SHOWN),
    clusters: clustersOf(week).slice(0, MOST_SHOWN),
  };
}

function newsOf(test: Pick<TestNews, 'longName' | 'testDataId'>, points: readonly HistoryPoint[]): TestNews {
  const failure = points.findLast(({ verdict }) => verdict === 'failed');
  return {
    ...test,
    strip: points.slice(-STRIP).map(({ verdict }) => verdict),
    flakiness: flakinessOf(points),
    failingSince: failingOf(points)?.since.at ?? null,
    lastRunId: failure?.runId ?? points.at(-1)?.runId ?? '',
    message: failure?.message ?? null,
  };
}
