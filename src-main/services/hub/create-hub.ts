import type { BringLimits } from '../../../src-shared/model/bring-limits.ts';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import type { RemoteConsoles as ConsolePolicy } from '../../../src-shared/model/remote-consoles.ts';
import { NO_LIMITS, type ShareLimits } from '../../../src-shared/model/share-limits.ts';
import { WorkbenchError } from '../../errors.ts';
import {
  bringLimitsOf,
  deleteHub,
  findHub,
  findShareLimits,
  listSharedSuts,
  saveShareLimits,
  shareSut,
  updateHub,
} from '../../store/hub.ts';
import { outboxHead } from '../../store/hub-outbox.ts';
import { listRemoteAlive } from '../../store/hub-wishes.ts';
import { deleteSecret } from '../../store/secrets.ts';
import { findSut, findSutByName } from '../../store/suts.ts';
import { enrolHarness } from './enrol-harness.ts';
import { fingerprintOf } from '../../../src-shared/protocol/fingerprint.ts';
import { sha256, type HubServices } from './hub-services.ts';
import { HubLink } from './link.ts';
import { RemoteConsoles } from './consoles/remote-consoles.ts';
import { RemoteRuns } from './runs/remote-runs.ts';

export interface ShareWish {
  suts: readonly string[];
  shared: boolean;
  /** Absent = they stay as they are. */
  limits?: ShareLimits | undefined;
}

/** The hub as faces ask for it. Each deed answers what is then. */
export interface Hub {
  status(): HubStatus;
  connect(wanted: { url: string; code: string }): Promise<HubStatus>;
  leave(): HubStatus;
  retry(): Promise<HubStatus>;
  share(wanted: ShareWish): HubStatus;
  pause(paused: boolean): HubStatus;
  allowRuns(allowed: boolean): HubStatus;
  limitBringing(limits: BringLimits): HubStatus;
  limitConsoles(allowed: ConsolePolicy): HubStatus;
  endRemoteHolds(): HubStatus;
  moved(): Promise<HubStatus>;
  /** Once, when everything is joined: looks whether this is still the home that was enrolled, and dials. */
  start(): void;
  close(): void;
}

const ENDED = 'The lab ended all remote reservations.';
const LEFT = 'The lab has left the hub.';
const REVOKED = 'The hub removed the lab.';
const FENCED = 'The identity of the lab is in doubt: another copy of it is known to the hub.';

export function createHub(services: HubServices): Hub {
  const { store, changes, reservations } = services;
  const endRemote = (message: string) => reservations.revoke(listRemoteAlive(store, null), message);
  const refused = (code: string) => {
    if (code === 'revoked') endRemote(REVOKED);
    if (code === 'fenced') endRemote(FENCED);
  };
  const link: HubLink = new HubLink(services, { refused, consoles: (message) => consoles.ask(message) });
  const consoles = new RemoteConsoles(services, () => link.session);
  const runs = new RemoteRuns(services, { session: () => link.session, ask: (event, message) => link.ask(event, message) });
  const stops = [...(['record:grew', 'runs:changed', 'hub:changed'] as const).map((change) => changes.on(change, () => runs.look()))];
  stops.push(...(['suts:changed', 'reservations:changed', 'runs:changed'] as const).map((change) => changes.on(change, () => link.look())));
  const status = () => readStatus(services, link);
  const told = () => {
    changes.emit('hub:changed', {});
    link.look();
    return status();
  };
  const set = (policy: Parameters<typeof updateHub>[1]) => {
    needHub(services);
    updateHub(store, policy);
    return told();
  };
  return {
    status,
    connect: async (wanted) => {
      await enrolHarness(services, wanted);
      await link.dial();
      return told();
    },
    leave: () => {
      const hub = needHub(services);
      link.hangUp();
      endRemote(LEFT);
      store.transaction(() => {
        deleteSecret(store, hub.key_reference);
        deleteHub(store);
      })();
      return told();
    },
    retry: async () => {
      needHub(services);
      await link.dial();
      return told();
    },
    share: (wanted) => {
      share(services, wanted);
      return told();
    },
    pause: (paused) => set({ paused: paused ? 1 : 0 }),
    allowRuns: (allowed) => set({ runs_allowed: allowed ? 1 : 0 }),
    limitBringing: (limits) => set({ bring: JSON.stringify(limits) }),
    limitConsoles: (consoles) => set({ consoles }),
    endRemoteHolds: () => {
      endRemote(ENDED);
      return told();
    },
    moved: async () => {
      if (needHub(services).state !== 'copied') throw new WorkbenchError('CONFLICT', 'This home is where it was when it was enrolled.');
      updateHub(store, { state: 'ok', machine_mark: services.machineMark });
      await link.dial();
      return told();
    },
    start: () => {
      begin(services, endRemote);
      link.look();
      void link.dial();
    },
    close: () => {
      for (const stop of stops) stop();
      runs.close();
      consoles.close();
      link.close();
    },
  };
}

const COPIED = 'This home was copied or moved. Until somebody says which, its remote reservations do not count.';

/** A copy must not speak for the home it was copied from, nor keep what was granted there. */
function begin({ store, machineMark }: HubServices, endRemote: (message: string) => void): void {
  const hub = findHub(store);
  if (hub === undefined) return;
  const copied = hub.machine_mark !== machineMark && hub.state !== 'revoked';
  updateHub(store, { incarnation: hub.incarnation + 1, ...(copied ? { state: 'copied' as const } : {}) });
  if (copied) endRemote(COPIED);
}

function share({ store }: HubServices, { suts: names, shared, limits }: ShareWish): void {
  const suts = names.map((name) => ({ name, sut: findSutByName(store, name) }));
  const unknown = suts.filter(({ sut }) => sut === undefined).map(({ name }) => name);
  if (unknown.length > 0) throw new WorkbenchError('NOT_FOUND', `There is no SUT named ${unknown.join(', ')}.`);
  const environment = suts.filter(({ sut }) => sut?.role === 'environment').map(({ name }) => name);
  if (shared && environment.length > 0)
    throw new WorkbenchError('CONFLICT', `${environment.join(', ')}: part of the test environment. Nobody holds it, so it is not shared.`);
  store.transaction(() => {
    for (const { sut } of suts) {
      if (sut === undefined) continue;
      shareSut(store, sut.id, shared);
      if (limits !== undefined || !shared) saveShareLimits(store, sut.id, (shared ? limits : undefined) ?? NO_LIMITS);
    }
  })();
}

function needHub({ store }: HubServices) {
  const hub = findHub(store);
  if (hub === undefined) throw new WorkbenchError('NOT_FOUND', 'This harness is enrolled at no hub. Connect it first.');
  return hub;
}

function readStatus({ store }: HubServices, link: HubLink): HubStatus {
  const hub = findHub(store);
  const shared = listSharedSuts(store).flatMap((id) => findSut(store, id) ?? []);
  return {
    hub:
      hub === undefined
        ? null
        : {
            url: hub.url,
            hubName: hub.hub_name,
            harnessId: hub.harness_id,
            fingerprint: fingerprintOf(sha256(hub.public_key)),
            home: hub.state,
            ...link.view,
            problem: hub.state === 'copied' ? COPIED : link.view.problem,
            lastUpAt: hub.last_up_at,
            queue: outboxHead(store) - hub.acked,
            paused: hub.paused === 1,
            runsAllowed: hub.runs_allowed === 1,
            bring: bringLimitsOf(hub),
            consoles: hub.consoles,
            remote: listRemoteAlive(store, null).length,
          },
    shared: shared.map(({ id, name }) => ({ id, name, limits: findShareLimits(store, id) })).sort((a, b) => a.name.localeCompare(b.name)),
  };
}
