import type { KnownFailure, KnownFailureInput, RunTriage, TriageMark } from '../../src-shared/model/triage.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export function insertMark(store: WritableStore, run: number, mark: TriageMark): void {
  store
    .prepare('INSERT INTO triage_mark (id, run, test, kind, text, made_by, made_at) VALUES (@id, @run, @test, @kind, @text, @by, @at)')
    .run({ ...mark, run });
}

/** The id of the run that it was on; undefined when there is no such mark. */
export function deleteMark(store: WritableStore, id: string): string | undefined {
  return store
    .prepare<[string], { id: string }>('DELETE FROM triage_mark WHERE id = ? RETURNING (SELECT id FROM run WHERE number = run) AS id')
    .get(id)?.id;
}

export function readRunTriage(store: ReadableStore, run: number): RunTriage {
  const marks = store
    .prepare<[number], TriageMark>(
      'SELECT id, test, kind, text, made_by AS by, made_at AS at FROM triage_mark WHERE run = ? ORDER BY made_at, id',
    )
    .all(run);
  const known = store
    .prepare<[number], RunTriage['known'][number]>(
      `SELECT n.long_name AS test, f.id AS ruleId, f.title, f.issue FROM known_failure_match AS m
       JOIN known_failure AS f ON f.id = m.rule JOIN run_result AS r ON r.run = m.run AND r.ordinal = m.ordinal
       JOIN result_name AS n ON n.id = r.name_id WHERE m.run = ? ORDER BY m.ordinal`,
    )
    .all(run);
  const failed = store.prepare<[number], number>("SELECT count(*) FROM run_result WHERE run = ? AND status = 'failed'").pluck().get(run);
  return { marks, known, unexplained: Math.max(0, (failed ?? 0) - known.length) };
}

export function listKnownFailures(store: ReadableStore): KnownFailure[] {
  return store
    .prepare<[], KnownFailure>(
      `SELECT id, title, message, test, sut, issue, made_by AS by, made_at AS at, last_match_at AS lastMatchAt, clear_runs AS clearRuns,
         (SELECT count(*) FROM known_failure_match WHERE rule = known_failure.id) AS matches
       FROM known_failure ORDER BY made_at, id`,
    )
    .all();
}

export function saveKnownFailure(store: WritableStore, rule: KnownFailureInput & { id: string; by: string; at: number }): void {
  store
    .prepare(
      `INSERT INTO known_failure (id, title, message, test, sut, issue, made_by, made_at)
       VALUES (@id, @title, @message, @test, @sut, @issue, @by, @at)
       ON CONFLICT (id) DO UPDATE SET title = excluded.title, message = excluded.message, test = excluded.test, sut = excluded.sut, issue = excluded.issue`,
    )
    .run(rule);
}

/** Before a changed rule is tried anew: what it explained so far may not fit it any more. */
export function forgetMatches(store: WritableStore, rule: string): void {
  store.prepare('DELETE FROM known_failure_match WHERE rule = ?').run(rule);
  store.prepare('DELETE FROM known_failure_test WHERE rule = ?').run(rule);
  store.prepare('UPDATE known_failure SET clear_runs = 0, last_match_at = NULL WHERE id = ?').run(rule);
}

export function deleteKnownFailure(store: WritableStore, id: string): boolean {
  return store.prepare('DELETE FROM known_failure WHERE id = ?').run(id).changes > 0;
}

export interface FailedResult {
  run: number;
  ordinal: number;
  nameId: number;
  longName: string;
  message: string | null;
}

/** Failed tests of a run that no rule explains yet. */
export function listUnexplained(store: ReadableStore, run: number): FailedResult[] {
  return store
    .prepare<[number], FailedResult>(
      `SELECT r.run, r.ordinal, r.name_id AS nameId, n.long_name AS longName, r.message FROM run_result AS r
       JOIN result_name AS n ON n.id = r.name_id
       WHERE r.run = ? AND r.status = 'failed' AND NOT EXISTS (SELECT 1 FROM known_failure_match AS m WHERE m.run = r.run AND m.ordinal = r.ordinal)
       ORDER BY r.ordinal`,
    )
    .all(run);
}

export function insertMatch(store: WritableStore, rule: string, { run, ordinal, nameId }: FailedResult): void {
  store.prepare('INSERT OR IGNORE INTO known_failure_match (run, ordinal, rule) VALUES (?, ?, ?)').run(run, ordinal, rule);
  store.prepare('INSERT OR IGNORE INTO known_failure_test (rule, name_id) VALUES (?, ?)').run(rule, nameId);
}

/** After the rules have seen a run: those that explained something begin anew, those whose tests all came out well count one run more. */
export function countClearRuns(store: WritableStore, run: number): void {
  store
    .prepare(
      `UPDATE known_failure SET clear_runs = 0, last_match_at = (SELECT ended_at FROM run WHERE number = @run)
       WHERE id IN (SELECT rule FROM known_failure_match WHERE run = @run)`,
    )
    .run({ run });
  store
    .prepare(
      `UPDATE known_failure SET clear_runs = clear_runs + 1
       WHERE id NOT IN (SELECT rule FROM known_failure_match WHERE run = @run)
         AND id IN (SELECT t.rule FROM run_result AS r JOIN known_failure_test AS t ON t.name_id = r.name_id WHERE r.run = @run
                    GROUP BY t.rule HAVING min(r.status = 'passed') = 1)
         AND (sut = '' OR sut IN (SELECT name FROM run_sut WHERE run = @run))`,
    )
    .run({ run });
}

export interface EndedRun {
  number: number;
  id: string;
  suts: string[];
}
const endedRun = ({ suts, ...rest }: Omit<EndedRun, 'suts'> & { suts: string }): EndedRun => ({
  ...rest,
  suts: JSON.parse(suts) as string[],
});

/** Ended runs that the rules have not seen: after a kill, the one that has just ended, and those that came in whole. Only among the newest: this is asked at each end. */
export function listUntriaged(store: ReadableStore): EndedRun[] {
  return store
    .prepare<[], Omit<EndedRun, 'suts'> & { suts: string }>(
      `SELECT number, id, suts FROM run WHERE number > (SELECT max(number) FROM run) - 2000 AND state = 'ended' AND imported_at IS NOT 0
         AND number NOT IN (SELECT run FROM triage_done) ORDER BY ended_at, number`,
    )
    .all()
    .map(endedRun);
}

export function listNewestEnded(store: ReadableStore, most: number): EndedRun[] {
  return store
    .prepare<[number], Omit<EndedRun, 'suts'> & { suts: string }>(
      "SELECT number, id, suts FROM run WHERE state = 'ended' ORDER BY number DESC LIMIT ?",
    )
    .all(most)
    .map(endedRun);
}

export function setTriaged(store: WritableStore, run: number): void {
  store.prepare('INSERT OR IGNORE INTO triage_done (run) VALUES (?)').run(run);
}
