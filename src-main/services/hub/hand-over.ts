import type { NextHolder } from '../../../src-shared/protocol/items.ts';
import { WorkbenchError } from '../../errors.ts';
import { isPersonOff, type HubRow } from '../../store/hub.ts';
import { insertHubWish } from '../../store/hub-wishes.ts';
import { findReservation } from '../../store/reservations.ts';
import { findSutByName } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { limitProblems } from './limit-problems.ts';
import { remoteName, type HubServices } from './hub-services.ts';

interface Handed {
  id: string;
  to: NextHolder;
  caller: Caller;
}

/**
 * Gives what a remote person holds to another one. Who is of the hub has to be somebody with whom this lab shares these machines now, and
 * the hub is told of the new reservation like of one that was asked there; who is of the lab has to maintain one of them.
 */
export function handOver(services: HubServices, hub: HubRow, { id, to, caller }: Handed): void {
  if (to.at === 'lab') {
    demandMaintainer(services, id, to.person);
    services.reservations.handOver({ id, to: to.person }, caller);
    return;
  }
  demandGuest(services, hub, { id, to });
  const made = services.reservations.handOver({ id, to: remoteName(to.person, hub.url) }, caller);
  insertHubWish(services.store, { id: made.id, person: to.person, refused: null });
}

function demandGuest({ store, clock }: HubServices, hub: HubRow, { id, to }: { id: string; to: Extract<NextHolder, { at: 'hub' }> }): void {
  if (isPersonOff(store, to.person)) throw new WorkbenchError('FORBIDDEN', `${to.person} is disabled at the hub.`);
  if (hub.paused === 1) throw new WorkbenchError('FORBIDDEN', 'The lab has paused sharing. Ask again later.');
  const row = findReservation(store, id);
  const names = (row?.suts ?? []).map(({ name }) => name);
  const begin = Math.max(row?.begin_at ?? 0, clock.now());
  const outside = limitProblems(store, names, { groups: to.groups, begin, end: row?.end_at ?? null });
  if (outside.length > 0) throw new WorkbenchError('FORBIDDEN', outside.join(' '));
}

function demandMaintainer({ store }: HubServices, id: string, person: string): void {
  const names = (findReservation(store, id)?.suts ?? []).map(({ name }) => name);
  if (names.some((name) => findSutByName(store, name)?.maintainedBy === person)) return;
  throw new WorkbenchError('FORBIDDEN', `${person} maintains none of these machines. Hand it to who does, or to somebody of the hub.`);
}
