import { atOneMoment, prepare, type RecordReader } from './open.ts';
import type { RecordCounts, RecordMeta } from './types.ts';

/** What is known of the whole run. */
export function readMeta(record: RecordReader): RecordMeta {
  const rows = prepare<[], { key: string; value: string }>(record, 'SELECT key, value FROM meta').all();
  const values = new Map(rows.map((row) => [row.key, row.value]));
  const startedAt = values.get('startedAt');
  return {
    robot: values.get('robot') ?? null,
    python: values.get('python') ?? null,
    startedAt: startedAt === undefined ? null : Number(startedAt),
    totalTests: Number(values.get('totalTests') ?? 0),
    closed: values.get('closed') === '1',
    dropped: values.get('dropped') ?? null,
  };
}

/** One thing that is known of the whole, by its key. */
export function metaValue(record: Pick<RecordReader, 'database' | 'prepared'>, key: string): string | null {
  return prepare<[string], { value: string | null }>(record, 'SELECT value FROM meta WHERE key = ?').get(key)?.value ?? null;
}

/** Free metadata of a suite, by name. */
export function suiteMetadata(record: RecordReader, suite: number): Readonly<Record<string, string>> {
  const sql = 'SELECT value FROM meta WHERE key = ?';
  const row = prepare<[string], { value: string }>(record, sql).get(`metadata:${suite}`);
  if (row === undefined) return {};
  const values: unknown = JSON.parse(row.value);
  if (typeof values !== 'object' || values === null) return {};
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

const countSql = 'SELECT status, count(*) AS number FROM item WHERE kind = 1 AND kind < 2 GROUP BY status';
const rootSql = 'SELECT status IS NOT NULL AS ended FROM item WHERE parent IS NULL ORDER BY id LIMIT 1';
const totalSql = "SELECT CAST(value AS INTEGER) AS number FROM meta WHERE key = 'totalTests'";

/** Tests by status. The total is Robot's own, but grows when a library makes more tests on the way. */
export function counts(record: RecordReader): RecordCounts {
  return atOneMoment(record, () => {
    const rows = prepare<[], { status: number | null; number: number }>(record, countSql).all();
    const by = new Map(rows.map((row) => [row.status, row.number]));
    const seen = rows.reduce((sum, row) => sum + row.number, 0);
    const ended = prepare<[], { ended: number }>(record, rootSql).get()?.ended === 1;
    const announced = prepare<[], { number: number }>(record, totalSql).get()?.number ?? 0;
    const total = ended ? seen : Math.max(seen, announced);
    return {
      passed: by.get(0) ?? 0,
      failed: by.get(1) ?? 0,
      skipped: by.get(2) ?? 0,
      notRun: (by.get(3) ?? 0) + total - seen,
      running: by.get(null) ?? 0,
      total,
    };
  });
}
