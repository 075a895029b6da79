import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import { OPEN_END, type Slot } from '../../../../src-shared/model/reservation-timeline.ts';
import { formatWhen } from '../../../kit/format.ts';

/** Where a reservation stands, in words that follow the holder's name. */
export function stateWords({ state, begin, end, waiting, reason }: Reservation, now: number): string {
  switch (state) {
    case 'requested':
      return 'asked';
    case 'waiting':
      return waiting === null ? 'waits' : `place ${waiting.position} in line`;
    case 'granted':
      return begin !== null && begin <= now
        ? 'granted, machine being freed'
        : `granted from ${begin === null ? 'soon' : formatWhen(begin, now)}`;
    case 'active':
      return end === null ? 'holds it, no end' : `holds it until ${formatWhen(end, now)}`;
    case 'ending':
      return 'ending, machine being freed';
    case 'refused':
      return 'refused';
    case 'withdrawn':
      return 'withdrawn';
    case 'ended':
      return reason?.code === 'forced' ? 'taken back' : 'over';
  }
}

interface Reader {
  /** Names of SUTs by id. */
  names: ReadonlyMap<string, string>;
  me: string | null;
  now: number;
}

/** `Jorge Ortega holds x13-05 until 09:30.` */
export function inTheWayWords({ holder, end, kind, sutIds, why }: Slot, { names, me, now }: Reader): string {
  if (why !== undefined) return why;
  const suts = sutIds.map((id) => names.get(id) ?? id).join(', ');
  const mine = holder === me;
  const until = end === OPEN_END ? 'without an end' : `until ${formatWhen(end, now)}`;
  if (kind === 'planned') return mine ? `You wait for ${suts} already.` : `${holder} waits for ${suts} and is before you.`;
  return `${mine ? 'You hold' : `${holder} holds`} ${suts} ${until}.`;
}
