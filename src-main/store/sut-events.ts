import type { SutEvent } from '../../src-shared/model/sut-state.ts';
import type { ReadableStore, WritableStore } from './handle.ts';
import { writeSoon } from './write-soon.ts';

type RawEvent = Omit<SutEvent, 'attempts'> & { attempts: string };

const COLUMNS = 'id, sut_id AS sutId, at, who, what, why, outcome, message, provider, took_ms AS tookMs, attempts';

/** Every command to a machine is between two of these, so nobody waits for the disk here. */
export function addSutEvent(store: WritableStore, event: SutEvent): void {
  writeSoon(store, () => insert(store, event));
}

function insert(store: WritableStore, event: SutEvent): void {
  store
    .prepare(
      `INSERT INTO sut_event (id, sut_id, at, who, what, why, outcome, message, provider, took_ms, attempts)
       SELECT @id, @sutId, @at, @who, @what, @why, @outcome, @message, @provider, @tookMs, @attempts
       WHERE EXISTS (SELECT 1 FROM sut WHERE id = @sutId)`,
    )
    .run({ ...event, attempts: JSON.stringify(event.attempts) });
}

/** Writes how something that was under way came out. */
export function endSutEvent(
  store: WritableStore,
  id: string,
  end: Pick<SutEvent, 'outcome' | 'message' | 'provider' | 'tookMs' | 'attempts'>,
): void {
  writeSoon(store, () => update(store, id, end));
}

function update(store: WritableStore, id: string, end: Parameters<typeof endSutEvent>[2]): void {
  store
    .prepare(
      `UPDATE sut_event SET outcome = @outcome, message = @message, provider = @provider, took_ms = @tookMs, attempts = @attempts
       WHERE id = @id`,
    )
    .run({ ...end, id, attempts: JSON.stringify(end.attempts) });
}

/** What the harness before this one did not see the end of. */
export function forgetUnderway(store: WritableStore): void {
  store
    .prepare(
      `UPDATE sut_event SET outcome = 'unknown', message = 'The workbench ended before the answer came: whether it was carried out is unknown.'
       WHERE outcome = 'underway'`,
    )
    .run();
}

/** Oldest first. */
export function listSutEventsBetween(store: ReadableStore, sutId: string, { from, to }: { from: number; to: number }): SutEvent[] {
  return store
    .prepare<[string, number, number], RawEvent>(
      `SELECT ${COLUMNS} FROM sut_event WHERE sut_id = ? AND at BETWEEN ? AND ? ORDER BY at, id LIMIT 2000`,
    )
    .all(sutId, from, to)
    .map((row) => ({ ...row, attempts: JSON.parse(row.attempts) as SutEvent['attempts'] }));
}

export function findSutEvent(store: ReadableStore, id: string): SutEvent | undefined {
  const row = store.prepare<[string], RawEvent>(`SELECT ${COLUMNS} FROM sut_event WHERE id = ?`).get(id);
  return row && { ...row, attempts: JSON.parse(row.attempts) as SutEvent['attempts'] };
}
