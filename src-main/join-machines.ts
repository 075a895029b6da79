import { userInfo } from 'node:os';
import { join } from 'node:path';
import { consolesPart } from './api/consoles.ts';
import type { Parts } from './api/part.ts';
import { sutsPart } from './api/suts.ts';
import type { Changes } from './changes.ts';
import { joinRunAccess } from './join-run-access.ts';
import { LibraryMedia, type ImageSource } from './services/library-media/library-media.ts';
import type { Log } from './log.ts';
import { ConsoleBroker } from './services/consoles/console-broker.ts';
import type { ConsoleDeeds } from './services/hub/consoles/remote-console-services.ts';
import { openDemoLab, SimulatedMachines } from './services/demo-lab/demo-lab.ts';
import { MachineWatch } from './services/health/watch-machines.ts';
import { operate, readMachine, refusalOf } from './services/oobm/operate.ts';
import type { OobmServices } from './services/oobm/oobm-services.ts';
import { recordEvent } from './services/oobm/record-event.ts';
import { RefusedLogins } from './services/oobm/refused-logins.ts';
import { resolveEndpoints } from './services/oobm/resolve-endpoints.ts';
import { quarantine } from './services/oobm/set-aside.ts';
import type { SutDeeds } from './services/reservations/reservation-services.ts';
import { needSut, readSut, type SutServices } from './services/suts/sut-services.ts';
import { findFence } from './store/fences.ts';
import { forgetUnderway } from './store/sut-events.ts';
import { findSut, listSuts, type SutRow } from './store/suts.ts';
import { OOBM_THREADS, OobmJobs } from './workers/oobm-jobs.ts';
import { WorkerPool } from './workers/pool.ts';

interface Joined {
  home: string;
  changes: Changes;
  log: Log;
  suts: Omit<SutServices, 'observed'>;
  /** Asked only when an image is inserted: images are joined after machines. */
  images: () => ImageSource;
}

/** ms between two tries to take an image out at the end. */
const EJECT_PACE_MS = 1000;

/** Machines out of band: commands, health, consoles, and what reservations need of them. */
export function joinMachines({ home, changes, log, suts: base, images }: Joined) {
  const pool = new WorkerPool({ threads: OOBM_THREADS });
  const logins = new RefusedLogins(base);
  const jobs = new OobmJobs(pool, logins);
  const simulated = new SimulatedMachines();
  const suts: SutServices = { ...base, observed: (sut) => watch.observed(sut) };
  const oobm: OobmServices = {
    ...{ suts, jobs, logins, log, machines: join(home, 'machines'), underway: new Map() },
    simulated: (sut, kind) => simulated.reach(sut, kind),
  };
  const watch = new MachineWatch({
    changes,
    clock: suts.clock,
    machines: () => listSuts(suts.store).map(asMachine),
    find: (id) => {
      const row = findSut(suts.store, id);
      return row && asMachine(row);
    },
    power: (id, signal) => readMachine(oobm, { id, capability: 'power', urgency: 'poll' }, signal),
    sensors: (id, signal) => readMachine(oobm, { id, capability: 'sensors', urgency: 'poll' }, signal),
  });
  const note = (event: Parameters<typeof recordEvent>[1]) => void recordEvent(suts, event);
  const consoles = new ConsoleBroker({
    ...{ folder: join(home, 'consoles'), clock: suts.clock, changes },
    need: (id) => readSut(suts, id),
    refusal: (sut, right, confirmed) => refusalOf(right, sut, confirmed),
    note,
    open: async (id, signal) => {
      const sut = needSut(suts, id);
      const fence = findFence(suts.store, id).token || null;
      return jobs.openConsole({ sut: { id, name: sut.name }, endpoints: await resolveEndpoints(oobm, sut), fence }, signal);
    },
  });
  const media = new LibraryMedia({
    ...{ store: suts.store, clock: suts.clock, source: images, paceMs: EJECT_PACE_MS },
    eject: async (id, drive, user) => {
      const args = drive === null ? {} : { drive };
      const command = { id, capability: 'virtualMedia', action: 'eject', args, what: 'media ejected', byRule: true } as const;
      await operate(oobm, command, { user, origin: 'rest' });
    },
    quarantine: (id, evidence) => void quarantine(oobm, { id, evidence, by: 'the harness' }),
  });
  const tellFence = (id: string) => jobs.setFence(id, findFence(suts.store, id).token || null);
  for (const { id } of listSuts(suts.store)) tellFence(id);
  forgetUnderway(suts.store);
  const stops = [
    changes.on('fences:changed', ({ sutIds }) => sutIds.forEach(tellFence)),
    changes.on('suts:changed', ({ removed }) => removed.forEach((id) => void simulated.stop(id))),
    changes.on('suts:changed', ({ removed }) => media.removed(removed)),
  ];
  const parts: Pick<Parts, 'suts' | 'consoles'> = {
    suts: sutsPart(suts, { oobm, watch, media }),
    consoles: consolesPart({ consoles, changes }),
  };
  const access = joinRunAccess({ store: suts.store, changes, log, oobm, watch, consoles, media });
  return {
    parts,
    forRuns: { suts, access, takeOutMedia: (run: { id: string; name: string }) => media.takeOutOfRun(run.id, `the run ${run.name}`) },
    oobm,
    consoles,
    forHub: consolesForHub(consoles, note),
    keepMedia: (kept: Parameters<LibraryMedia['keep']>[0]) => media.keep(kept),
    activity: () => jobs.activity(),
    start: () => watch.start(),
    openDemoLab: () => openDemoLab(suts, { user: userInfo().username, origin: 'cli' }),
    deeds: deedsOf({ oobm, media, watch }),
    close: async () => {
      for (const stop of stops) stop();
      await access.leave();
      media.close();
      watch.close();
      consoles.close();
      await jobs.close();
      await pool.close();
      await simulated.close();
    },
  };
}

/** What remote people may do with consoles, where the owner of the lab lets them. */
function consolesForHub(broker: ConsoleBroker, note: ConsoleDeeds['note']): ConsoleDeeds {
  return {
    note,
    attach: (sutId) => broker.attach(sutId),
    state: (sutId) => broker.state(sutId),
    bytes: (sutId, recordingId, piece) => broker.bytes(sutId, recordingId, piece),
    takeWriter: (sutId, confirmed, caller) => broker.takeWriter(sutId, confirmed, caller),
    releaseWriter: (sutId, caller) => broker.releaseWriter(sutId, caller),
    write: (sutId, text, caller) => broker.write(sutId, text, caller),
  };
}

function asMachine({ id, createdAt, endpoints }: SutRow) {
  return { id, createdAt, reached: endpoints.length > 0 };
}

/** What the end of a hold does to machines. */
function deedsOf({
  oobm,
  media,
  watch,
}: {
  oobm: OobmServices;
  media: LibraryMedia;
  watch: MachineWatch;
}): Omit<SutDeeds, 'stopRun' | 'provision'> {
  const caller = { user: 'the reservation', origin: 'rest' } as const;
  return {
    isIdle: (ids) => ids.every((id) => !oobm.underway.has(id) && !media.has(id)),
    // The fence is new already: consoles were renewed and what waits in a queue is refused. What was sent comes to its end by itself.
    endUse: async (ids) => {
      await Promise.all(ids.map((id) => media.takeOutOfSut(id, caller.user)));
    },
    powerOff: async (id, why) => {
      const args = { action: 'off' } as const;
      await operate(oobm, { id, capability: 'power', action: 'set', args, what: 'power off', why, byRule: true }, caller);
      watch.soon(id);
    },
    quarantine: async (id, evidence) => void quarantine(oobm, { id, evidence, by: 'the harness' }),
  };
}
