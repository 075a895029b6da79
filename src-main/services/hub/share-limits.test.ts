import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../src-shared/model/reservation-decide.ts';
import { Changes } from '../../changes.ts';
import { insertHub, listSharedSuts, updateHub } from '../../store/hub.ts';
import { openStore, type Store } from '../../store/open.ts';
import { findReservation } from '../../store/reservations.ts';
import { saveSut } from '../../store/suts.ts';
import { findHubWish } from '../../store/hub-wishes.ts';
import { createReservations } from '../reservations/create-reservations.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { applyMail } from './apply-mail.ts';
import { createHub, type Hub } from './create-hub.ts';
import type { HubServices } from './hub-services.ts';

const HOUR = 3_600_000;
/** A Monday, ten in the morning by the clocks of this computer. */
const MONDAY = new Date(2026, 10, 23, 10).getTime();
const week = { days: [1, 2, 3, 4, 5], from: 480, to: 1080 };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
let home: Store;
let services: HubServices;
let hub: Hub;
let seq = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-limits-'));
  home = openStore({ file: join(folder, 'home.db'), backups: folder, now: 1 });
  const store = home.write;
  const changes = new Changes();
  const clock = { now: () => MONDAY, doubt: () => null, trust: () => undefined };
  const done = () => Promise.resolve();
  const backend = { id: 'plain', protection: 'none', strong: false };
  const never = () => Promise.reject(new Error('not here'));
  const deeds = {
    stopRun: done,
    isIdle: () => true,
    endUse: done,
    powerOff: done,
    quarantine: done,
    provision: () => Promise.resolve({ ended: true, problem: null }),
  };
  const policy = () => ({ ...DEFAULT_POLICY, remindMinutes: 0, ladderMs: 1000 });
  const remoteRuns = {
    ...{ start: never, rerun: never, stop: never, find: () => undefined, importZip: never, hasRevision: () => false },
    ...{ addLibrary: never, findImage: () => null, importImage: never },
    ...{ lane: never, consoleFile: () => '', collect: never },
  };
  services = {
    ...{ store, changes, clock, log: quiet, appVersion: '1', harnessName: () => 'lab', machineMark: 'here', scratch: folder, remoteRuns },
    reservations: createReservations({ store, changes, clock, log: quiet, policy, deeds }),
    secrets: createSecretStore(store, [{ ...backend, seal: never, open: never }]),
    wire: never,
  };
  const facts = {
    role: 'sut' as const,
    information: [],
    tags: [],
    maintainedBy: 'owner',
    parentId: null,
    endpoints: [],
    createdAt: 1,
    changedAt: 1,
  };
  for (const name of ['a', 'b']) saveSut(store, { ...facts, id: `id-${name}`, name });
  insertHub(store, {
    ...{ url: 'http://hub', hub_name: 'Hub', harness_id: 'h', key_reference: 'k', public_key: 'p', machine_mark: 'here', store_gen: 'g' },
    enrolled_at: 1,
  });
  updateHub(store, { mail_gen: 'm', state: 'ok' });
  hub = createHub(services);
  seq = 0;
});
afterEach(() => {
  hub.close();
  home.close();
  rmSync(folder, { recursive: true, force: true });
});

function mail(kind: string, body: object): void {
  seq += 1;
  const item = { seq, nonce: 'n'.repeat(16), kind, body: JSON.stringify(body) };
  applyMail(services, { session: 's', mailGen: 'm', items: [item] });
}
const ask = (id: string, more: object = {}) =>
  mail('reservation.request', { id, user: 'aiko', suts: ['a'], durationMs: HOUR, purpose: '', ifBusy: 'wait', ...more });
const refusalOf = (id: string) => findHubWish(services.store, id)?.refused?.message ?? null;
const stateOf = (id: string) => findReservation(services.store, id)?.state ?? null;

describe('what the owner of a lab set for its machines', () => {
  it('lets in who is in a group that it is shared with, and nobody else', () => {
    hub.share({ suts: ['a'], shared: true, limits: { groups: ['firmware'], hours: null } });
    ask('r1', { groups: ['sales'] });
    ask('r2');
    ask('r3', { groups: ['sales', 'firmware'] });
    expect([refusalOf('r1'), refusalOf('r2')]).toEqual(Array(2).fill('The lab shares a with firmware only.'));
    expect(stateOf('r3')).toBe('active');
  });

  it('holds wishes and other ends to the hours', () => {
    hub.share({ suts: ['a'], shared: true, limits: { groups: [], hours: week } });
    ask('late', { durationMs: 9 * HOUR });
    ask('open', { durationMs: undefined });
    ask('fits', { durationMs: 2 * HOUR });
    expect([stateOf('late'), stateOf('open'), stateOf('fits')]).toEqual([null, null, 'active']);
    expect(refusalOf('late')).toContain('Mon to Fri 08:00 to 18:00');
    mail('reservation.change', { changeId: 'c1', id: 'fits', user: 'aiko', end: MONDAY + 9 * HOUR });
    expect(findReservation(services.store, 'fits')?.end_at).toBe(MONDAY + 2 * HOUR);
    mail('reservation.change', { changeId: 'c2', id: 'fits', user: 'aiko', end: MONDAY + 3 * HOUR });
    expect(findReservation(services.store, 'fits')?.end_at).toBe(MONDAY + 3 * HOUR);
    ask('waits');
    expect(stateOf('waits')).not.toBe('waiting');
  });

  it('shows the limits with the machine, keeps them when only the sharing is said again, and forgets them when it ends', () => {
    const limits = { groups: ['firmware'], hours: week };
    expect(hub.share({ suts: ['a', 'b'], shared: true, limits }).shared.map((sut) => sut.limits)).toEqual([limits, limits]);
    expect(hub.share({ suts: ['a'], shared: true }).shared[0]?.limits).toEqual(limits);
    hub.share({ suts: ['a'], shared: false });
    expect(hub.share({ suts: ['a'], shared: true }).shared[0]?.limits).toEqual({ groups: [], hours: null });
    expect(listSharedSuts(services.store)).toHaveLength(2);
  });
});
