import type { BoardRun, Reservation } from '../../../../src-shared/model/reservation.ts';
import { isWish } from '../../../../src-shared/model/reservation-states.ts';
import type { Scale } from './scale.ts';

export type BlockKind = 'mine' | 'other' | 'asked' | 'mineAsked';

/** A stretch of a row: a hold, or the planned slot of somebody who waits. `end` Infinity = no end. */
export interface Block {
  readonly reservation: Reservation;
  readonly kind: BlockKind;
  readonly begin: number;
  readonly end: number;
  readonly runs: readonly { readonly id: string; readonly name: string; readonly from: number; readonly to: number }[];
}

/** What each SUT's row draws within the scale, by SUT id; a later block never lies below an earlier one. */
export function blocksOf(reservations: Iterable<Reservation>, { runs, scale, me, now }: Drawn): Map<string, Block[]> {
  const blocks = new Map<string, Block[]>();
  for (const reservation of reservations) {
    const stretch = stretchOf(reservation, now);
    if (stretch === null || stretch.begin >= scale.to || stretch.end <= scale.from) continue;
    for (const { id } of stretch.suts) {
      const block: Block = {
        reservation,
        kind: kindOf(reservation, me),
        begin: stretch.begin,
        end: stretch.end,
        runs: runsIn(runs, id, { ...stretch, now }),
      };
      const row = blocks.get(id);
      if (row === undefined) blocks.set(id, [block]);
      else row.push(block);
    }
  }
  for (const row of blocks.values()) row.sort((a, b) => a.begin - b.begin);
  return blocks;
}

interface Drawn {
  readonly runs: readonly BoardRun[];
  readonly scale: Scale;
  readonly me: string | null;
  readonly now: number;
}

interface Stretch {
  begin: number;
  end: number;
  suts: readonly { id: string }[];
}

/** Null: nothing of it is on a board, as of what was cancelled before it began. */
function stretchOf({ state, begin, end, suts, waiting, changedAt }: Reservation, now: number): Stretch | null {
  if (isWish(state)) {
    const expected = waiting?.expected;
    return expected == null ? null : { begin: expected.begin, end: expected.end ?? Number.POSITIVE_INFINITY, suts: expected.suts };
  }
  if (begin === null || (state === 'ended' && begin >= Math.min(end ?? changedAt, changedAt))) return null;
  if (state === 'ended') return { begin, end: end ?? changedAt, suts };
  return { begin, end: end === null ? Number.POSITIVE_INFINITY : Math.max(end, state === 'granted' ? end : now), suts };
}

function kindOf({ state, holder }: Reservation, me: string | null): BlockKind {
  const mine = holder === me;
  if (isWish(state)) return mine ? 'mineAsked' : 'asked';
  return mine ? 'mine' : 'other';
}

function runsIn(runs: readonly BoardRun[], sutId: string, { begin, end, now }: Stretch & { now: number }): Block['runs'] {
  return runs.flatMap(({ id, name, sutIds, startedAt, endedAt, expectedEndAt }) => {
    const to = endedAt ?? Math.max(now, expectedEndAt ?? now);
    if (!sutIds.includes(sutId) || startedAt >= end || to <= begin) return [];
    return [{ id, name, from: Math.max(begin, startedAt), to: Math.min(end, to) }];
  });
}
