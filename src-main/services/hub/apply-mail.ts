import { chainAfter } from '../../../src-shared/protocol/chain.ts';
import { readMail, type Item, type Mail } from '../../../src-shared/protocol/items.ts';
import type { MailBatch } from '../../../src-shared/protocol/messages.ts';
import { WorkbenchError } from '../../errors.ts';
import { findHub, findShareLimits, isPersonOff, listSharedSuts, savePersonOff, updateHub, type HubRow } from '../../store/hub.ts';
import type { WritableStore } from '../../store/handle.ts';
import { findHubWish, insertHubWish, listRemoteAlive, markHubWish } from '../../store/hub-wishes.ts';
import { findReservation } from '../../store/reservations.ts';
import { findSutByName } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { remoteName, sha256, type HubServices } from './hub-services.ts';
import { applyRunRequest, applyRunStop } from './runs/apply-run-mail.ts';
import { handOver } from './hand-over.ts';
import { limitProblems } from './limit-problems.ts';
import { appendFact } from './tell-facts.ts';

type Wish<Kind extends Mail['kind']> = Extract<Mail, { kind: Kind }>['body'];

/**
 * Applies what comes next; what was applied before is passed over, and what lies behind a gap is not looked at. Each item and its place
 * are one transaction, so nothing is done twice and nothing is counted that was not done. Answers how far it got.
 */
export function applyMail(services: HubServices, batch: MailBatch): number {
  const { store } = services;
  const withdrawn = idsWithdrawnIn(batch.items);
  for (const item of batch.items) {
    const hub = findHub(store);
    if (hub === undefined || hub.mail_gen !== batch.mailGen) return 0;
    if (item.seq <= hub.mail_seq) continue;
    if (item.seq > hub.mail_seq + 1) break;
    store.transaction(() => {
      updateHub(store, { mail_seq: item.seq, mail_chain: chainAfter(hub.mail_chain, item, sha256) });
      applyItem(services, hub, { item, withdrawn });
    })();
  }
  return findHub(store)?.mail_seq ?? 0;
}

/** What is withdrawn in the same batch is never granted in between. */
function idsWithdrawnIn(items: readonly Item[]): Set<string> {
  const ends = items.map((item) => readMail(item)).filter((mail) => mail?.kind === 'reservation.end');
  return new Set(ends.flatMap((mail) => (mail?.kind === 'reservation.end' ? [mail.body.id] : [])));
}

function applyItem(services: HubServices, hub: HubRow, { item, withdrawn }: { item: Item; withdrawn: Set<string> }): void {
  const mail = readMail(item);
  if (mail === null) return services.log.warn('the hub wishes something that this version does not know', { kind: item.kind });
  switch (mail.kind) {
    case 'reservation.request':
      return request(services, hub, { wish: mail.body, withdrawn });
    case 'reservation.change':
      return change(services, hub, mail.body);
    case 'reservation.end':
      return end(services, hub, mail.body);
    case 'run.request':
      return applyRunRequest(services, hub, mail.body);
    case 'run.stop':
      return applyRunStop(services, mail.body);
    case 'user.off':
      savePersonOff(services.store, mail.body.user, true);
      return services.reservations.revoke(listRemoteAlive(services.store, mail.body.user), `${mail.body.user} was disabled at the hub.`);
    case 'user.on':
      return savePersonOff(services.store, mail.body.user, false);
  }
}

function request(
  services: HubServices,
  hub: HubRow,
  { wish, withdrawn }: { wish: Wish<'reservation.request'>; withdrawn: Set<string> },
): void {
  const { store } = services;
  if (findHubWish(store, wish.id) !== undefined) return markHubWish(store, wish.id, { dirty: true });
  const wanted = { id: wish.id, person: wish.user };
  const refusal = withdrawn.has(wish.id) ? WITHDRAWN : refusalOf(services, hub, wish);
  insertHubWish(store, { ...wanted, refused: refusal });
  if (refusal !== null) return;
  try {
    const { user, ...rest } = wish;
    const holder = remoteName(user, hub.url);
    const times = { need: undefined, end: undefined, open: wish.durationMs === undefined };
    // Where hours count, nothing is granted later than it was looked at.
    const ifBusy = hasHours(store, wish.suts) ? ('refuse' as const) : wish.ifBusy;
    const settled = { priority: 0, atEnd: 'nothing' as const, holder, ifBusy };
    services.reservations.request(
      { ...rest, ...times, ...settled, begin: rest.begin, durationMs: rest.durationMs, answerBy: rest.answerBy },
      callerOf(holder),
    );
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code === 'DISK_FULL') throw error;
    // Refused by its harness as a local one would be: the row says why where there is one.
    if (findReservation(store, wish.id) === undefined)
      markHubWish(store, wish.id, { dirty: true, refused: { state: 'refused', code: error.code, message: error.message } });
  }
}

const WITHDRAWN = { state: 'withdrawn', code: 'WITHDRAWN', message: 'It was withdrawn before it arrived.' } as const;

/** What the owner of this harness does not share is refused as if it were not there. */
function refusalOf({ store, clock }: HubServices, hub: HubRow, wish: Wish<'reservation.request'>) {
  const { id, user, suts, groups } = wish;
  const refuse = (code: string, message: string) => ({ state: 'refused' as const, code, message });
  if (findReservation(store, id) !== undefined) return refuse('CONFLICT', 'This id belongs to another reservation.');
  if (isPersonOff(store, user)) return refuse('FORBIDDEN', `${user} is disabled at the hub.`);
  if (hub.paused === 1) return refuse('policy', 'The lab has paused sharing. Ask again later.');
  const shared = new Set(listSharedSuts(store));
  const unknown = suts.filter((name) => !shared.has(findSutByName(store, name)?.id ?? ''));
  if (unknown.length > 0) return refuse('sutGone', `The lab does not share ${unknown.join(', ')} any more.`);
  const begin = Math.max(wish.begin ?? 0, clock.now());
  const end = wish.durationMs === undefined ? null : begin + wish.durationMs;
  const outside = limitProblems(store, suts, { groups, begin, end });
  return outside.length > 0 ? refuse('policy', outside.join(' ')) : null;
}

function hasHours(store: WritableStore, suts: readonly string[]): boolean {
  return suts.some((name) => findShareLimits(store, findSutByName(store, name)?.id ?? '').hours !== null);
}

function change(services: HubServices, hub: HubRow, { changeId, id, user, end: wanted, handTo }: Wish<'reservation.change'>): void {
  const refused = attempt(() => {
    needOwn(services, id, user);
    const caller = callerOf(remoteName(user, hub.url));
    if (handTo !== undefined) return handOver(services, hub, { id, to: handTo, caller });
    demandHours(services, id, wanted ?? null);
    const given = wanted == null ? { open: true } : { end: wanted, open: false };
    services.reservations.changeEnd({ id, ...given, overrule: false }, caller);
  });
  appendFact(services, { kind: 'change', body: { changeId, id, refused } });
}

function end(services: HubServices, hub: HubRow, { id, user }: Wish<'reservation.end'>): void {
  const { store } = services;
  const wish = findHubWish(store, id);
  if (wish === undefined) return insertHubWish(store, { id, person: user, refused: WITHDRAWN });
  markHubWish(store, id, { dirty: true });
  if (findReservation(store, id) === undefined) return;
  attempt(() => {
    needOwn(services, id, user);
    services.reservations.release(id, callerOf(remoteName(user, hub.url)));
  });
}

/** Another end has to lie within the hours as well; the groups counted when it was granted. */
function demandHours({ store, clock }: HubServices, id: string, end: number | null): void {
  const row = findReservation(store, id);
  const suts = (row?.suts ?? []).map(({ name }) => name);
  const begin = Math.max(row?.begin_at ?? 0, clock.now());
  const hoursOnly = (name: string) => findShareLimits(store, findSutByName(store, name)?.id ?? '').groups;
  const outside = suts.flatMap((name) => limitProblems(store, [name], { groups: hoursOnly(name), begin, end }));
  if (outside.length > 0) throw new WorkbenchError('FORBIDDEN', outside.join(' '));
}

/** What the hub asks for one person touches nothing of another. */
function needOwn({ store }: HubServices, id: string, user: string): void {
  if (findHubWish(store, id)?.person !== user) throw new WorkbenchError('FORBIDDEN', 'This reservation belongs to somebody else.');
}

function attempt(deed: () => void): { code: string; message: string } | null {
  try {
    deed();
    return null;
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code === 'DISK_FULL') throw error;
    return { code: error.code, message: error.message.slice(0, 2000) };
  }
}

function callerOf(user: string): Caller {
  return { user, origin: 'hub' };
}
