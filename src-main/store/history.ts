import type { HistoryPoint, HistoryQuestion, SutTime } from '../../src-shared/model/history.ts';
import type { StripVerdict } from '../../src-shared/model/run.ts';
import type { ReadableStore } from './handle.ts';

/** More points say no more; an index answers with the newest ones first, so a history of any length costs the same. */
export const MOST_POINTS = 400;

interface PointRow extends Omit<HistoryPoint, 'suts' | 'verdict'> {
  suts: string;
  verdict: StripVerdict;
}

const OF_RUN = `run.id AS runId, run.name AS runName, coalesce(run.started_at, run.created_at) AS at, run.suts, run.condition, run.revision,
  run.lock_hash AS lockHash, run.robot_version AS robotVersion, json_extract(run.provisioning, '$.image.name') AS image`;

const OF_TEST = `SELECT ${OF_RUN}, r.message, r.elapsed / 1000 AS tookMs,
    CASE WHEN r.status <> 'notRun' THEN r.status WHEN run.verdict IN ('stopped', 'lost') THEN run.verdict ELSE 'skipped' END AS verdict
  FROM run_result AS r INDEXED BY run_result_by_name CROSS JOIN run ON run.number = r.run
  WHERE r.name_id = (SELECT id FROM result_name WHERE long_name = @key) AND run.state = 'ended' AND run.created_at >= @from`;

const RUN_COLUMNS = `SELECT ${OF_RUN}, run.happened AS message, run.ended_at - run.started_at AS tookMs, run.verdict AS verdict`;
const ENDED_SINCE = "run.state = 'ended' AND run.created_at >= @from";
const OF_RUNS = `${RUN_COLUMNS} FROM run WHERE ${ENDED_SINCE}`;

/** `key` is a name, or a name and its version: `rack-keywords==1.4`. */
const OF_LIBRARY = `${RUN_COLUMNS} FROM run_library AS l CROSS JOIN run ON run.number = l.run
  WHERE l.name = @library AND (@version IS NULL OR l.version = @version) AND ${ENDED_SINCE}`;

/** What makes a run one of the subject. */
const MEMBERS: Readonly<Record<Exclude<HistoryQuestion['kind'], 'test' | 'library'>, string>> = {
  plan: 'run.plan_name = @key',
  name: 'run.name = @key',
  condition: 'run.condition = @key',
  sut: 'run.number IN (SELECT run FROM run_sut WHERE name = @key)',
};

/** Oldest first, the newest `most` of them and one more to tell that there are older ones. */
export function readPoints(
  store: ReadableStore,
  question: Omit<HistoryQuestion, 'days'> & { from: number; most?: number },
): HistoryPoint[] {
  const { kind, key, from, testDataId, sut, condition, most = MOST_POINTS + 1 } = question;
  const parts = [kind === 'test' ? OF_TEST : kind === 'library' ? OF_LIBRARY : `${OF_RUNS} AND ${MEMBERS[kind]}`];
  if (testDataId !== undefined) parts.push('run.test_data_id = @testDataId');
  if (sut !== undefined) parts.push('run.number IN (SELECT run FROM run_sut WHERE name = @sut)');
  if (condition !== undefined) parts.push('run.condition = @condition');
  const order = { test: 'r.run DESC, r.ordinal DESC', library: 'l.run DESC' }[kind as string] ?? 'run.created_at DESC, run.number DESC';
  const [library, version = null] = key.split('==', 2);
  return store
    .prepare<[object], PointRow>(`${parts.join(' AND ')} ORDER BY ${order} LIMIT @most`)
    .all({ key, from, testDataId, sut, condition, most, library, version })
    .map((row) => ({ ...row, suts: JSON.parse(row.suts) as string[] }))
    .reverse()
    .sort((one, other) => one.at - other.at); // runs that were imported are numbered by their arrival
}

/** How long a SUT was held by somebody, and used by a run, between `from` and `now`, ms. */
export function readSutTime(store: ReadableStore, { sut, from, now }: { sut: string; from: number; now: number }): SutTime {
  const held = store
    .prepare<[object], [number, number]>(
      `SELECT begin_at, coalesce(CASE WHEN state = 'ended' THEN min(changed_at, coalesce(end_at, changed_at)) ELSE end_at END, @now)
       FROM reservation WHERE number IN (SELECT reservation FROM reservation_sut WHERE name = @sut)
         AND begin_at IS NOT NULL AND begin_at < @now AND state IN ('active', 'ending', 'ended')`,
    )
    .raw()
    .all({ sut, now });
  const used = store
    .prepare<[object], [number, number]>(
      `SELECT started_at, coalesce(ended_at, @now) FROM run
       WHERE number IN (SELECT run FROM run_sut WHERE name = @sut) AND started_at IS NOT NULL AND imported_at IS NULL
         AND coalesce(ended_at, @now) > @from`,
    )
    .raw()
    .all({ sut, from, now });
  return { sut, heldMs: covered(held, from, now), usedMs: covered(used, from, now) };
}

/** Time within `from` and `to` that at least one span covers. */
export function covered(spans: readonly (readonly [number, number])[], from: number, to: number): number {
  let sum = 0;
  let until = from;
  for (const [begin, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = Math.min(end, to);
    const first = Math.max(begin, until);
    if (last > first) sum += last - first;
    until = Math.max(until, last);
  }
  return sum;
}

/** Tests that failed since `from`, most failures first, each with the test data of its newest failure. */
export function listFailedTests(store: ReadableStore, from: number, most: number): { longName: string; testDataId: string | null }[] {
  return store
    .prepare<[number, number], { longName: string; testDataId: string | null }>(
      `SELECT n.long_name AS longName, run.test_data_id AS testDataId, count(*) AS failures
       FROM run INDEXED BY run_in_list CROSS JOIN run_result AS r INDEXED BY run_result_failed ON r.run = run.number
       JOIN result_name AS n ON n.id = r.name_id
       WHERE run.created_at >= ? AND run.failed > 0 AND r.status = 'failed'
       GROUP BY r.name_id, run.test_data_id ORDER BY failures DESC LIMIT ?`,
    )
    .all(from, most);
}
