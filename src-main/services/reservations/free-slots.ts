import { decide, slotOfHold } from '../../../src-shared/model/reservation-decide.ts';
import type { FreeSlot, Need } from '../../../src-shared/model/reservation.ts';
import { OPEN_END, Timeline, type Slot } from '../../../src-shared/model/reservation-timeline.ts';
import type { ReservationServices } from './reservation-services.ts';
import { wantedSuts } from './request-reservation.ts';
import { candidatesOf, readSituation, type StoredSituation } from './situation.ts';

export interface SlotQuestion {
  suts: string[];
  need?: Need | undefined;
  from?: number | undefined;
  durationMs?: number | undefined;
  count: number;
}

/** The first times at which all that is wanted is free together, as a wish that comes now would get them: behind all who wait. */
export function freeSlots({ store, clock, policy }: ReservationServices, question: SlotQuestion): FreeSlot[] {
  const now = clock.now();
  const situation = readSituation(store, { policy: policy(), now });
  const named = wantedSuts(store, question);
  const candidates = question.need === undefined ? named.map(({ id }) => id) : candidatesOf(question.need, [...situation.suts.values()]);
  const wanted = { candidates, count: question.need?.count ?? candidates.length, durationMs: question.durationMs ?? null };
  const timeline = new Timeline(takenSlots(situation));
  const found: FreeSlot[] = [];
  let from = Math.max(now, question.from ?? now);
  while (found.length < question.count) {
    const slot = timeline.earliest(wanted, from);
    if (slot === null) break;
    const suts = slot.sutIds.map((id) => ({ id, name: situation.suts.get(id)?.name ?? id }));
    found.push({ begin: slot.begin, end: slot.end === OPEN_END ? null : slot.end, suts });
    if (slot.end === OPEN_END) break;
    from = slot.end;
  }
  return found;
}

/** Holds, machines that are set aside, and what is planned for those who wait. */
export function takenSlots(situation: StoredSituation): Slot[] {
  const { now } = situation;
  const holds = situation.holds.map((hold) => slotOfHold(hold, now));
  const planned = decide(situation).map(({ wish, slot }) => ({
    id: wish.id,
    holder: wish.holder,
    kind: 'planned' as const,
    sutIds: slot?.sutIds ?? wish.candidates,
    begin: slot?.begin ?? now,
    end: slot?.end ?? OPEN_END,
  }));
  return [...holds, ...situation.setAside, ...planned];
}
