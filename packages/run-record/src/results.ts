import type { ItemStatus } from './codes.ts';
import { statusFrom } from './codes.ts';
import { prepare, type RecordReader } from './open.ts';
import { strings } from './rows.ts';

/** One test, complete in itself: what a store of many runs keeps. */
export interface RecordTestResult {
  readonly id: number;
  readonly robotId: string | null;
  readonly name: string;
  /** Names of the suites above it, the root first. */
  readonly suites: readonly string[];
  /** As Robot's --test takes it: suites and test joined by dots. */
  readonly longName: string;
  readonly tags: readonly string[];
  readonly status: ItemStatus;
  readonly startedAt: number;
  readonly elapsedMicroseconds: number | null;
  readonly message: string | null;
  readonly source: string | null;
  readonly line: number | null;
}

interface TestRow {
  id: number;
  parent: number | null;
  robotId: string | null;
  name: string;
  tags: string | null;
  status: number | null;
  started: number;
  elapsed: number | null;
  message: string | null;
  source: string | null;
  line: number | null;
}

const suitesSql = 'SELECT id, parent, name FROM item WHERE kind = 0 AND kind < 2 ORDER BY id';
const testsSql = `SELECT id, parent, robotId, name, tags, status, started, elapsed, message, source, line
  FROM item INDEXED BY item_structure WHERE kind = 1 AND kind < 2 ORDER BY id`;

/** All tests in the order they started, one after the other: memory does not grow with their number. */
export function* testResults(record: RecordReader): Generator<RecordTestResult, void, undefined> {
  const suites = suitePaths(record);
  for (const row of prepare<[], TestRow>(record, testsSql).iterate()) {
    const path = suites.get(row.parent ?? 0) ?? [];
    yield {
      id: row.id,
      robotId: row.robotId,
      name: row.name,
      suites: path,
      longName: [...path, row.name].join('.'),
      tags: strings(row.tags),
      status: statusFrom(row.status),
      startedAt: row.started,
      elapsedMicroseconds: row.elapsed,
      message: row.message,
      source: row.source,
      line: row.line,
    };
  }
}

/** A suite starts before those in it, so its path is known when theirs is built. */
function suitePaths(record: RecordReader): Map<number, readonly string[]> {
  const paths = new Map<number, readonly string[]>();
  const rows = prepare<[], { id: number; parent: number | null; name: string }>(record, suitesSql).all();
  for (const row of rows) paths.set(row.id, [...(paths.get(row.parent ?? 0) ?? []), row.name]);
  return paths;
}
