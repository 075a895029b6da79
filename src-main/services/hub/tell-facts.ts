import { randomBytes } from 'node:crypto';
import { chainAfter } from '../../../src-shared/protocol/chain.ts';
import type { DirectorySut, Fact, ReservationFact } from '../../../src-shared/protocol/items.ts';
import { bringLimitsOf, findHub, findShareLimits, listSharedSuts, listToldSuts, saveToldSut, updateHub } from '../../store/hub.ts';
import { insertOutboxItem, outboxChain, outboxHead } from '../../store/hub-outbox.ts';
import { listUntoldWishes, markHubWish, type HubWish } from '../../store/hub-wishes.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { listLeases } from '../../store/leases.ts';
import { findReservation } from '../../store/reservations.ts';
import { listSuts, type SutRow } from '../../store/suts.ts';
import type { Reservation } from '../../../src-shared/model/reservation.ts';
import { sha256, type HubServices } from './hub-services.ts';
import { untoldRuns } from './runs/tell-runs.ts';

/** The next item of the outbox. The caller holds the transaction that makes it true. */
export function appendFact({ store, clock }: Pick<HubServices, 'store' | 'clock'>, fact: Fact): void {
  const head = outboxHead(store);
  const item = { seq: head + 1, nonce: randomBytes(16).toString('hex'), kind: fact.kind, body: JSON.stringify(fact.body) };
  insertOutboxItem(store, { ...item, chain: chainAfter(outboxChain(store, head) ?? '', item, sha256) }, clock.now());
}

/** Writes what the hub has not been told yet into the outbox. Answers whether there was anything. */
export function tellFacts(services: Pick<HubServices, 'store' | 'clock' | 'remoteRuns'>): boolean {
  const { store } = services;
  return store.transaction(() => {
    const hub = findHub(store);
    if (hub === undefined || hub.state === 'revoked') return false;
    const before = outboxHead(store);
    const policy = { paused: hub.paused === 1, runs: hub.runs_allowed === 1, bring: bringLimitsOf(hub), consoles: hub.consoles };
    if (hub.told_policy !== JSON.stringify(policy)) {
      appendFact(services, { kind: 'policy', body: policy });
      updateHub(store, { told_policy: JSON.stringify(policy) });
    }
    tellDirectory(services);
    for (const wish of listUntoldWishes(store)) {
      appendFact(services, { kind: 'reservation', body: factOfWish(store, wish) });
      markHubWish(store, wish.id, { dirty: false });
    }
    for (const fact of untoldRuns(services)) appendFact(services, fact);
    return outboxHead(store) > before;
  })();
}

/** At most this many SUTs an item. */
const MOST = 500;

function tellDirectory(services: Pick<HubServices, 'store' | 'clock'>): void {
  const { store } = services;
  const told = listToldSuts(store);
  const shared = sharedSuts(store).map((sut) => ({ sut, digest: sha256(JSON.stringify(sut)) }));
  const upserts = shared.filter(({ sut, digest }) => told.get(sut.id) !== digest);
  const removals = [...told.keys()].filter((id) => !shared.some(({ sut }) => sut.id === id));
  if (upserts.length + removals.length === 0) return;
  for (let from = 0; from === 0 || from < upserts.length; from += MOST) {
    const some = upserts.slice(from, from + MOST).map(({ sut }) => sut);
    appendFact(services, { kind: 'directory', body: { full: false, upserts: some, removals: from === 0 ? removals : [] } });
  }
  for (const { sut, digest } of upserts) saveToldSut(store, sut.id, digest);
  for (const id of removals) saveToldSut(store, id, null);
}

function sharedSuts(store: ReadableStore): DirectorySut[] {
  const shared = new Set(listSharedSuts(store));
  if (shared.size === 0) return [];
  const used = new Set(listLeases(store).map(({ sutId }) => sutId));
  return listSuts(store)
    .filter(({ id, role }) => shared.has(id) && role === 'sut')
    .map((sut) => ({ ...toDirectory(sut, used.has(sut.id)), limits: findShareLimits(store, sut.id) }));
}

/** Addresses and secrets stay at home. */
function toDirectory(sut: SutRow, inUse: boolean): Omit<DirectorySut, 'limits'> {
  const open = sut.information.filter(({ kind }) => kind !== 'secret' && kind !== 'address');
  return {
    id: sut.id,
    name: sut.name,
    tags: sut.tags,
    fields: open.map(({ key, value }) => ({ key, value: typeof value === 'string' ? value.slice(0, 1000) : value })),
    maintainedBy: sut.maintainedBy,
    heldBy: sut.reservedBy,
    heldUntil: sut.reservedUntil,
    inUse,
    setAside: (sut.quarantine?.evidence ?? sut.maintenance?.reason ?? null)?.slice(0, 1000) ?? null,
  };
}

function factOfWish(store: ReadableStore, { id, person, refused }: HubWish): ReservationFact {
  const row = findReservation(store, id);
  if (row === undefined) {
    const state = refused?.state ?? 'withdrawn';
    const reason = refused === null ? null : { code: refused.code, message: refused.message };
    return { id, person, revision: 0, state, reason, suts: [], begin: null, end: null, waiting: null, purpose: '' };
  }
  const waiting = row.waiting === null ? null : (JSON.parse(row.waiting) as Reservation['waiting']);
  return {
    id,
    person,
    revision: row.revision,
    state: row.state,
    reason: row.reason_code === null || row.reason === null ? null : { code: row.reason_code, message: row.reason.slice(0, 2000) },
    suts: row.suts,
    begin: row.begin_at,
    end: row.end_at,
    waiting: waiting === null ? null : { position: waiting.position, expectedBegin: waiting.expected?.begin ?? null },
    purpose: row.purpose.slice(0, 500),
  };
}
