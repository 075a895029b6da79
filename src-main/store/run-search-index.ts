import { createHash } from 'node:crypto';
import type { ReadableStore, WritableStore } from './handle.ts';

/** Messages are searched by their beginning: what follows is a dump of something. Characters. */
const INDEXED_LENGTH = 1000;
/** A run with more different failure messages than this has one cause, not many. */
const INDEXED_FAILURES = 5000;
/** Messages indexed at one go, in a few milliseconds. */
const STEP = 25;

/** Makes a new run findable by its own fields. Cheap; the caller holds the transaction that inserts the run. */
export function indexNewRun(store: WritableStore, run: number): void {
  store
    .prepare('INSERT INTO run_search (run, words) VALUES (?, ?) ON CONFLICT (run) DO UPDATE SET words = excluded.words')
    .run(run, wordsOf(store, run));
}

/**
 * Makes a run findable by its results as well, in steps of a few milliseconds, each whole in itself: between two of them the caller
 * may let others go first. Done again it changes nothing.
 */
export function* indexRunSteps(store: WritableStore, run: number): Generator<void, void, void> {
  const texts = failuresOf(store, run);
  const ids: number[] = [];
  for (let from = 0; from < texts.length; from += STEP) {
    ids.push(...store.transaction(() => texts.slice(from, from + STEP).map((text) => keepText(store, text)))());
    yield;
  }
  store.transaction(() => {
    indexNewRun(store, run);
    const nameSet = keepSet(store, 'names', namesOf(store, run));
    const failureSet = keepSet(
      store,
      'failures',
      ids.sort((a, b) => a - b),
    );
    store.prepare('UPDATE run_search SET name_set = ?, failure_set = ? WHERE run = ?').run(nameSet, failureSet, run);
  })();
}

/** All steps at once. */
export function indexRun(store: WritableStore, run: number): void {
  const steps = indexRunSteps(store, run);
  while (steps.next().done !== true);
}

/** Runs that a kill between two transactions left without their place in the index. */
export function listUnindexedRuns(store: ReadableStore): number[] {
  return store
    .prepare<[], number>(
      `SELECT number FROM run LEFT JOIN run_search ON run = number
       WHERE run IS NULL OR (name_set IS NULL AND EXISTS (SELECT 1 FROM run_result WHERE run_result.run = number))`,
    )
    .pluck()
    .all();
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

function failuresOf(store: WritableStore, run: number): string[] {
  return store
    .prepare<[number, number], string>(
      `SELECT DISTINCT substr(message, 1, ${INDEXED_LENGTH}) FROM run_result
       WHERE run = ? AND status = 'failed' AND message IS NOT NULL AND message <> '' LIMIT ?`,
    )
    .pluck()
    .all(run, INDEXED_FAILURES);
}

function keepText(store: WritableStore, text: string): number {
  const digest = digestOf(text);
  store.prepare('INSERT INTO failure_text (digest, text) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING').run(digest, text);
  return store.prepare<[Buffer], number>('SELECT id FROM failure_text WHERE digest = ?').pluck().get(digest) ?? 0;
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
