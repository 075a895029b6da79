import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_POLICY } from '../../../src-shared/model/reservation-decide.ts';
import { Changes } from '../../changes.ts';
import { insertHub, updateHub } from '../../store/hub.ts';
import { openStore } from '../../store/open.ts';
import { saveSut } from '../../store/suts.ts';
import { createReservations } from '../reservations/create-reservations.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import type { HubServices } from './hub-services.ts';

/** A Monday, ten in the morning by the clocks of this computer. */
export const MONDAY = new Date(2026, 10, 23, 10).getTime();
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A home with the machines a and b that is enrolled at a hub, for tests; no wire, no runs. */
export function openHubBench(): { services: HubServices; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'atn-limits-'));
  const home = openStore({ file: join(folder, 'home.db'), backups: folder, now: 1 });
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
  const none = () => {
    throw new Error('not here');
  };
  const consoles = { attach: none, state: none, bytes: none, takeWriter: none, releaseWriter: none, write: none, note: none };
  const services: HubServices = {
    ...{
      store,
      changes,
      clock,
      log: quiet,
      appVersion: '1',
      harnessName: () => 'lab',
      machineMark: 'here',
      arriving: join(folder, 'arriving'),
      remoteRuns,
      consoles,
    },
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
  const close = () => {
    home.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { services, close };
}
