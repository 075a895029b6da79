import type { ReadableStore, WritableStore } from './handle.ts';

/** Who holds each reserved SUT: id to person. */
export function listReserved(store: ReadableStore): Map<string, string> {
  const rows = store.prepare<[], { id: string; by: string }>('SELECT id, reserved_by AS by FROM sut WHERE reserved_by IS NOT NULL').all();
  return new Map(rows.map(({ id, by }) => [id, by]));
}

/** Reserves a SUT that nobody holds; answers whether it did. */
export function reserveIfFree(store: WritableStore, sut: { id: string; by: string; at: number }): boolean {
  const { changes } = store
    .prepare('UPDATE sut SET reserved_by = @by, reserved_since = @at, changed_at = @at WHERE id = @id AND reserved_by IS NULL')
    .run(sut);
  return changes === 1;
}

/**
 * Gives back what was reserved for this run only. Where another run of the same person that is not ended needs the SUT, the
 * reservation passes on to it instead. Answers the SUTs that are free now.
 */
export function releaseReservations(store: WritableStore, run: number, at: number): string[] {
  const held = store
    .prepare<[number], { sutId: string; by: string }>(
      'SELECT s.sut_id AS sutId, r.started_by AS by FROM run_sut AS s JOIN run AS r ON r.number = s.run WHERE s.run = ? AND s.reserved_here = 1',
    )
    .all(run);
  return held.filter(({ sutId, by }) => !passOn(store, { run, sutId, by }) && free(store, { sutId, by, at })).map(({ sutId }) => sutId);
}

function passOn(store: WritableStore, held: { run: number; sutId: string; by: string }): boolean {
  const { changes } = store
    .prepare(
      `UPDATE run_sut SET reserved_here = 1 WHERE sut_id = @sutId AND run = (
         SELECT r.number FROM run AS r JOIN run_sut AS s ON s.run = r.number
         WHERE s.sut_id = @sutId AND r.number <> @run AND r.started_by = @by AND r.state <> 'ended' ORDER BY r.number LIMIT 1)`,
    )
    .run(held);
  return changes > 0;
}

function free(store: WritableStore, held: { sutId: string; by: string; at: number }): boolean {
  const { changes } = store
    .prepare('UPDATE sut SET reserved_by = NULL, reserved_since = NULL, changed_at = @at WHERE id = @sutId AND reserved_by = @by')
    .run(held);
  return changes === 1;
}
