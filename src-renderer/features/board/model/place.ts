import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import { isHold, isWish } from '../../../../src-shared/model/reservation-states.ts';
import { slotOfAside } from '../../../../src-shared/model/set-aside.ts';
import { OPEN_END, Timeline, type Slot } from '../../../../src-shared/model/reservation-timeline.ts';

/** A reservation that somebody is about to ask for. */
export interface Draft {
  readonly sutIds: readonly string[];
  /** Null = now. */
  readonly begin: number | null;
  /** Null = no end. */
  readonly durationMs: number | null;
}

export interface Placement {
  /** Where it may stand: the first free time; null = not as long as those in the way have no end. */
  readonly begin: number | null;
  /** Null = no end. */
  readonly end: number | null;
  /** The begin that was wanted. */
  readonly wanted: number;
  /** Who is in the way of the wanted begin. */
  readonly inTheWay: readonly Slot[];
}

/** What the harness has told: reservations, and machines by id. */
interface Known {
  readonly reservations: Iterable<Reservation>;
  readonly suts: ReadonlyMap<string, Parameters<typeof slotOfAside>[0]>;
}

/** Where a draft may stand, by what the harness has granted, planned and set aside so far. */
export function placeDraft({ sutIds, begin, durationMs }: Draft, { reservations, suts }: Known, now: number): Placement {
  const wanted = Math.max(now, begin ?? now);
  const timeline = new Timeline([
    ...takenBy(reservations, now),
    ...sutIds.flatMap((id) => {
      const sut = suts.get(id);
      return (sut === undefined ? null : slotOfAside(sut)) ?? [];
    }),
  ]);
  const found = timeline.earliest({ candidates: sutIds, count: sutIds.length, durationMs }, wanted);
  const end = durationMs === null ? OPEN_END : wanted + durationMs;
  const inTheWay =
    found?.begin === wanted
      ? []
      : sutIds.flatMap((id) =>
          timeline
            .inTheWay(id, wanted, end)
            .slice(0, 1)
            .map((slot) => ({ ...slot, sutIds: [id] })),
        );
  return { begin: found?.begin ?? null, end: found === null || durationMs === null ? null : found.end, wanted, inTheWay };
}

function takenBy(reservations: Iterable<Reservation>, now: number): Slot[] {
  const slots: Slot[] = [];
  for (const one of reservations) {
    const who = { id: one.id, holder: one.holder, sutIds: one.suts.map(({ id }) => id) };
    if (isHold(one.state) && one.begin !== null) {
      const end = one.end ?? OPEN_END;
      slots.push({ ...who, begin: one.begin, end: one.state === 'granted' ? end : Math.max(end, now + 1), kind: 'hold' });
    }
    if (!isWish(one.state) || one.waiting === null) continue;
    const { expected } = one.waiting;
    if (expected === null) slots.push({ ...who, begin: now, end: OPEN_END, kind: 'planned' });
    else
      slots.push({
        ...who,
        sutIds: expected.suts.map(({ id }) => id),
        begin: expected.begin,
        end: expected.end ?? OPEN_END,
        kind: 'planned',
      });
  }
  return slots;
}
