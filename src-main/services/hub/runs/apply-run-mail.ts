import { bringProblems } from '../../../../src-shared/model/bring-limits.ts';
import { bringLimitsOf, findHub, isPersonOff, listSharedSuts, type HubRow } from '../../../store/hub.ts';
import { findHubRun, insertHubRun, updateHubRun } from '../../../store/hub-runs.ts';
import { findHubWish } from '../../../store/hub-wishes.ts';
import { findReservation } from '../../../store/reservations.ts';
import { findSutByName } from '../../../store/suts.ts';
import type { Mail, RunRefusal } from '../../../../src-shared/protocol/items.ts';
import type { HubServices } from '../hub-services.ts';

type Wish = Extract<Mail, { kind: 'run.request' }>['body'];
type Stop = Extract<Mail, { kind: 'run.stop' }>['body'];
type Services = Pick<HubServices, 'store'>;

/** Within the transaction that counts the mail. What is known already is told once more; nothing is begun here. */
export function applyRunRequest(services: Services, hub: HubRow, wish: Wish): void {
  const { store } = services;
  if (findHubRun(store, wish.id) !== undefined) return updateHubRun(store, wish.id, { told: '' });
  const refused = refusalOf(services, hub, wish);
  const refusal = refused === null ? null : JSON.stringify(refused);
  insertHubRun(store, { id: wish.id, person: wish.user, wish: JSON.stringify(wish), refused: refusal, stop: null });
}

/** Remembered for an id that is not known yet: what comes late then never begins. */
export function applyRunStop({ store }: Services, { id, user, now }: Stop): void {
  const row = findHubRun(store, id);
  if (row === undefined) {
    insertHubRun(store, { id, person: user, wish: null, refused: JSON.stringify(STOPPED), stop: null });
  } else if (row.published === 0) updateHubRun(store, id, { stop: now ? 'now' : 'asked' });
}

export const STOPPED: RunRefusal = { code: 'CANCELLED', message: 'It was stopped before it began.', details: [] };

/** Why it may not even be fetched. What needs its files is looked at when they are here. */
export function refusalOf({ store }: Services, hub: HubRow, wish: Wish): RunRefusal | null {
  const refuse = (code: string, message: string, details: string[] = []) => ({ code, message, details });
  if (isPersonOff(store, wish.user)) return refuse('FORBIDDEN', `${wish.user} is disabled at the hub.`);
  if (hub.runs_allowed === 0)
    return refuse('FORBIDDEN', 'The owner of this lab does not let remote people run suites on its computer yet. Ask there.');
  if (hub.paused === 1) return refuse('FORBIDDEN', 'The lab has paused sharing. Ask again later.');
  const tooMuch = bringProblems(bringLimitsOf(hub), { libraries: wish.libraries ?? [], image: wish.image ?? null });
  if (tooMuch.length > 0) return refuse('FORBIDDEN', tooMuch[0] ?? '', tooMuch.slice(1));
  const held = findReservation(store, wish.reservationId);
  if (held === undefined || findHubWish(store, wish.reservationId)?.person !== wish.user)
    return refuse('NOT_RESERVED', 'There is no reservation of yours for these machines.');
  if (held.state !== 'active')
    return refuse('NOT_RESERVED', `Your reservation is ${held.state}${held.reason === null ? '' : `: ${held.reason}`}.`);
  const names = new Set(held.suts.map(({ name }) => name));
  const outside = wish.suts.filter((name) => !names.has(name));
  if (outside.length > 0) return refuse('NOT_RESERVED', `Your reservation does not hold ${outside.join(', ')}.`);
  const shared = new Set(listSharedSuts(store));
  const unshared = wish.suts.filter((name) => !shared.has(findSutByName(store, name)?.id ?? ''));
  return unshared.length > 0 ? refuse('NOT_FOUND', `The lab does not share ${unshared.join(', ')} any more.`) : null;
}

/** Asked again when its files have come: much may have happened meanwhile. */
export function refusalNow(services: Services, wish: Wish): RunRefusal | null {
  const hub = findHub(services.store);
  return hub === undefined ? { code: 'HUB_OFFLINE', message: 'The lab has left the hub.', details: [] } : refusalOf(services, hub, wish);
}
