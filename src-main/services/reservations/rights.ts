import { isWish } from '../../../src-shared/model/reservation-states.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore } from '../../store/handle.ts';
import type { StoredReservation } from '../../store/reservations.ts';
import { findSut } from '../../store/suts.ts';

/** Who looks after its SUTs; removed ones have nobody. */
export function maintainersOf(store: ReadableStore, { suts }: StoredReservation): string[] {
  return [...new Set(suts.flatMap(({ id }) => findSut(store, id)?.maintainedBy ?? []))];
}

/** Who maintains all of its SUTs may force and overrule. */
export function needMaintainer(store: ReadableStore, reservation: StoredReservation, user: string): void {
  const others = maintainersOf(store, reservation).filter((name) => name !== user);
  if (others.length === 0) return;
  throw new WorkbenchError('FORBIDDEN', `Only who maintains ${namesOf(reservation)} may do this: ${others.join(', ')}.`);
}

/** The holder and who maintains one of its SUTs; as long as it has not begun, also who asked for it for a colleague. */
export function needHolderOrMaintainer(store: ReadableStore, reservation: StoredReservation, user: string): void {
  const maintainers = maintainersOf(store, reservation);
  const asker = isWish(reservation.state) || reservation.state === 'granted' ? [reservation.requested_by] : [];
  if ([reservation.holder, ...asker, ...maintainers].includes(user)) return;
  const who = [...new Set([reservation.holder, ...maintainers])].join(' or ');
  throw new WorkbenchError('FORBIDDEN', `${namesOf(reservation)} is held by ${reservation.holder}. Only ${who} can change that.`);
}

export function namesOf({ suts, need }: Pick<StoredReservation, 'suts' | 'need'>): string {
  return suts.length === 0 && need !== null ? 'What is wanted' : suts.map(({ name }) => name).join(', ');
}
