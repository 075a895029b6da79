import { createHash } from 'node:crypto';
import type { WritableStore } from './handle.ts';

/** Messages are searched by their beginning: what follows is a dump of something. Characters. */
const INDEXED_LENGTH = 2000;
/** A run with more different failure messages than this has one cause, not many. */
const INDEXED_FAILURES = 5000;

/**
 * Makes one run findable by what it is now: its own fields, and its results once they are there. Idempotent; the caller holds the
 * transaction that wrote the run or its results, so what can be seen can also be found.
 */
export function indexRun(store: WritableStore, run: number): void {
  const nameSet = keepSet(store, 'names', namesOf(store, run));
  const failureSet = keepSet(store, 'failures', failuresOf(store, run));
  store
    .prepare(
      `INSERT INTO run_search (run, words, name_set, failure_set) VALUES (?, ?, ?, ?)
       ON CONFLICT (run) DO UPDATE SET words = excluded.words, name_set = excluded.name_set, failure_set = excluded.failure_set`,
    )
    .run(run, wordsOf(store, run), nameSet, failureSet);
}

/** Heals what a kill between two transactions left out. Answers how many runs it was. */
export function indexMissingRuns(store: WritableStore): number {
  const missing = store
    .prepare<[], number>(
      `SELECT number FROM run LEFT JOIN run_search ON run = number
       WHERE run IS NULL OR (name_set IS NULL AND EXISTS (SELECT 1 FROM run_result WHERE run_result.run = number))`,
    )
    .pluck()
    .all();
  for (const run of missing) store.transaction(() => indexRun(store, run))();
  return missing.length;
}

function wordsOf(store: WritableStore, run: number): string {
  const fields = store
    .prepare<[{ run: number }], string | null>(
      `SELECT name FROM run WHERE number = @run UNION ALL SELECT condition FROM run WHERE number = @run
       UNION ALL SELECT started_by FROM run WHERE number = @run
       UNION ALL SELECT value FROM run, json_each(run.suts) WHERE number = @run`,
    )
    .pluck()
    .all({ run });
  return fields
    .filter((field) => field !== null)
    .join('\n')
    .toLowerCase();
}

function namesOf(store: WritableStore, run: number): number[] {
  return store.prepare<[number], number>('SELECT DISTINCT name_id FROM run_result WHERE run = ? ORDER BY name_id').pluck().all(run);
}

function failuresOf(store: WritableStore, run: number): number[] {
  const texts = store
    .prepare<[number, number], string>(
      `SELECT DISTINCT substr(message, 1, ${INDEXED_LENGTH}) FROM run_result
       WHERE run = ? AND status = 'failed' AND message IS NOT NULL AND message <> '' LIMIT ?`,
    )
    .pluck()
    .all(run, INDEXED_FAILURES);
  const add = store.prepare('INSERT INTO failure_text (digest, text) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING');
  const find = store.prepare<[Buffer], number>('SELECT id FROM failure_text WHERE digest = ?').pluck();
  const ids = texts.map((text) => {
    const digest = digestOf(text);
    add.run(digest, text);
    return find.get(digest) ?? 0;
  });
  return ids.sort((a, b) => a - b);
}

function keepSet(store: WritableStore, kind: 'names' | 'failures', members: number[]): number | null {
  if (members.length === 0) return null;
  const packed = Buffer.from(Uint32Array.from(members).buffer);
  const digest = digestOf(packed);
  store
    .prepare('INSERT INTO text_set (kind, digest, members) VALUES (?, ?, ?) ON CONFLICT (kind, digest) DO NOTHING')
    .run(kind, digest, packed);
  return store.prepare<[string, Buffer], number>('SELECT id FROM text_set WHERE kind = ? AND digest = ?').pluck().get(kind, digest) ?? null;
}

const digestOf = (content: string | Buffer): Buffer => createHash('sha256').update(content).digest().subarray(0, 16);
