import { openContentStore, removeStale } from '@atn/content-store';
import { peoplePart } from './api/people.ts';
import { reservationsPart } from './api/reservations.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createRouter } from './api/router.ts';
import { Changes } from './changes.ts';
import { createClock } from './clock.ts';
import { freeBytes } from './free-bytes.ts';
import type { Harness, HarnessOptions } from './harness.ts';
import { joinActivity } from './join-activity.ts';
import { joinHistory } from './join-history.ts';
import { joinAuto } from './join-auto.ts';
import { joinDoctor } from './join-doctor.ts';
import { joinEditor } from './join-editor.ts';
import { joinEnvironment } from './join-environment.ts';
import { joinHub } from './join-hub.ts';
import { joinImages } from './join-images.ts';
import { joinLibraries } from './join-libraries.ts';
import { joinMachines } from './join-machines.ts';
import { joinPlans } from './join-plans.ts';
import { joinProvisioning } from './join-provisioning.ts';
import { joinReading } from './join-reading.ts';
import { joinRemoteRuns } from './join-remote-runs.ts';
import { joinReservations } from './join-reservations.ts';
import { joinRuns } from './join-runs.ts';
import { joinServing } from './join-serving.ts';
import { secretBackends } from './join-system.ts';
import { joinTestData } from './join-test-data.ts';
import { createLog } from './log.ts';
import { claimHome, type HomeClaim } from './services/home/claim-home.ts';
import { CalendarLink } from './services/reservations/calendar-link.ts';
import { createPeople } from './services/people/people.ts';
import { createRuns } from './services/runs/create-runs.ts';
import { createSecretStore } from './services/secrets/secret-store.ts';
import { createSettings } from './services/settings/settings.ts';
import { lastRecordedTime } from './store/last-recorded-time.ts';
import { openStore } from './store/open.ts';
import { listPlans, listPlansOf } from './store/plans.ts';

/** The only place that builds things and joins them: what comes first is what the next ones need. */
export async function composeHarness(options: HarnessOptions): Promise<Harness> {
  const claim = claimHome(options);
  const leaving: (() => unknown)[] = [() => claim.release()];
  if (options.throwAway === true) leaving.unshift(() => rm(options.home, { recursive: true, force: true, maxRetries: 3 }));
  try {
    return await compose(options, claim, leaving);
  } catch (error) {
    await leave(leaving);
    throw error;
  }
}

/** What everything else stands on: the store, contents, settings and secrets. */
async function openFoundations(options: HarnessOptions, { layout }: HomeClaim, leaving: (() => unknown)[]) {
  const { nativeBinding } = options;
  const log = createLog(layout.logs);
  const store = openStore({ file: layout.store, backups: layout.backups, now: Date.now(), nativeBinding });
  leaving.push(() => store.close());
  const clock = createClock(lastRecordedTime(store.read));
  const changes = new Changes();
  const content = openContentStore(layout.content);
  removeStale(content).catch((error: unknown) => log.error('what an import left half written could not be removed', error));
  const settings = createSettings(store.write, changes);
  const secrets = createSecretStore(store.read, await secretBackends(options, layout, store));
  return { log, store, clock, changes, content, settings, secrets };
}

type Foundations = Awaited<ReturnType<typeof openFoundations>>;
interface Frame {
  options: HarnessOptions;
  layout: HomeClaim['layout'];
  leaving: (() => unknown)[];
}

/** What people bring in: test data, libraries, images, and what is done with them before a test. */
function joinBrought(
  built: Foundations & Pick<ReturnType<typeof joinEnvironment>, 'environments' | 'scripts'> & { machines: ReturnType<typeof joinMachines> },
  { options: { resources }, layout, leaving }: Frame,
) {
  const { log, store, clock, changes, content, settings, environments, scripts, machines } = built;
  const common = { store: store.write, changes, clock, log };
  const testData = joinTestData({
    ...{ ...common, content, environments, resources, scratch: layout.scratch },
    plansOf: (id) => listPlansOf(store.read, id),
  });
  leaving.push(() => testData.close());
  const packages = joinLibraries({
    ...{ ...common, content, scripts, resources, scratch: layout.scratch, settings, environments },
    plans: () => listPlans(store.read),
  });
  const editing = joinEditor({
    ...{ ...common, content, scratch: layout.scratch },
    ...{ testData: testData.services, environments: packages.environments },
  });
  leaving.push(() => editing.close());
  const images = joinImages({
    ...{ ...common, folder: layout.images, settings: () => settings.read(), freeBytes },
    plans: () =>
      listPlans(store.read).map(({ id, name, provisioning }) => ({
        ...{ id, name },
        image: provisioning?.imageSource?.sha256 ?? provisioning?.image ?? null,
      })),
  });
  leaving.push(() => images.close());
  const serving = joinServing({ store: store.read, changes, clock, settings, folder: join(layout.home, 'serving') });
  leaving.push(() => serving.close());
  const provisioning = joinProvisioning({
    ...common,
    ...images.forProvisioning,
    runsFolder: layout.runs,
    serve: serving.serve,
    serveProblem: serving.serveProblem,
    content,
    ...{ oobm: machines.oobm, consoles: machines.consoles, keepMedia: machines.keepMedia },
  });
  leaving.push(() => provisioning.close());
  const imageSource = { ...images.forProvisioning.images, serve: serving.serve };
  return { testData, packages, editing, images, imageSource, serving, provisioning };
}

/** What is told of runs while they go on and afterwards: records, reports, figures, history, triage, and what starts or cleans by itself. */
function joinTold(
  built: Foundations & {
    environments: ReturnType<typeof joinEnvironment>['environments'];
    machines: ReturnType<typeof joinMachines>;
    joined: ReturnType<typeof joinRuns>;
    runs: ReturnType<typeof createRuns>;
    address: () => string | null;
  },
  { options: { nativeBinding }, layout, leaving }: Frame,
) {
  const { log, store, clock, changes, content, settings, environments, machines, joined, runs } = built;
  const common = { store: store.write, changes, clock, log };
  const reading = joinReading({
    ...{ store: store.read, layout, changes, environments, runs, nativeBinding },
    harnessName: () => settings.read().harnessName,
  });
  leaving.push(() => reading.close());

  const activity = joinActivity({
    ...{ ...common, runs, settings, runsFolder: layout.runs, figures: reading.figures },
    pools: () => ({ runs: joined.pool.activity(), oobm: machines.activity() }),
  });
  activity.start();
  leaving.push(() => activity.close());

  const auto = joinAuto({
    ...joined.services,
    environments,
    scratch: layout.scratch,
    removeRun: reading.remove,
    releaseRecord: reading.release,
    startRun: (request, caller) => runs.start(request, caller),
    ...{ secrets: built.secrets, harnessName: () => settings.read().harnessName, address: built.address },
  });
  leaving.push(() => auto.close());
  const parts = {
    ...reading.parts,
    activity: activity.part,
    history: joinHistory({ store: store.read, clock, content, runs, read: reading.history }),
    ...auto.parts,
  };
  return { parts, copies: reading.copies, trigger: auto.trigger };
}

/** `leaving` collects how to undo each step; the last that came is the first to go. */
async function compose(options: HarnessOptions, claim: HomeClaim, leaving: (() => unknown)[]): Promise<Harness> {
  const { layout } = claim;
  const { nativeBinding, resources } = options;
  const foundations = await openFoundations(options, claim, leaving);
  const { log, store, clock, changes, content, settings, secrets } = foundations;
  const common = { store: store.write, changes, clock, log };
  const { scripts, environments, status } = joinEnvironment({ store: store.read, changes, clock, settings, layout, resources });
  const held = joinReservations({ ...common, settings: () => settings.read(), runs: () => runs, deeds: () => machines.deeds });
  leaving.push(() => held.close());
  const link = new CalendarLink(store.write, clock);
  let address: string | null = null;
  const suts = { ...common, secrets, holds: held.holds };
  const machines = joinMachines({ home: layout.home, changes, log, suts, images: () => brought.imageSource });
  leaving.push(() => machines.close());
  const brought = joinBrought({ ...foundations, environments, scripts, machines }, { options, layout, leaving });
  const { testData, packages, editing, images, serving, provisioning } = brought;
  const joined = joinRuns({
    ...{ ...common, locked: packages.environments, runsFolder: layout.runs, scripts, nativeBinding },
    ...{ settings: () => settings.read(), queuePaused: () => settings.queuePaused() },
    ...{ environments, content, holds: held.runHolds, ...machines.forRuns, ...provisioning.forRuns },
  });
  const runs = createRuns(joined.services);
  leaving.push(
    () => joined.pool.close(),
    () => runs.close(),
  );
  // What has ended meanwhile ends first: nothing begins on a hold that is over.
  held.reservations.settle();
  await runs.recover();
  held.reservations.start();
  if (options.demo === true) await machines.openDemoLab();
  machines.start();
  for (const change of ['system:changed', 'suts:changed'] as const) leaving.push(changes.on(change, () => runs.dispatch()));
  const told = joinTold({ ...foundations, environments, machines, joined, runs, address: () => address }, { options, layout, leaving });
  const hub = joinHub({
    ...{ ...common, secrets, reservations: held.reservations, storeFile: layout.store, arriving: join(layout.home, 'from-hub') },
    remoteRuns: joinRemoteRuns({ runs, brought, runsFolder: layout.runs, reading: told.copies }),
    ...{ consoles: machines.forHub, appVersion: options.appVersion, harnessName: () => settings.read().harnessName },
  });
  leaving.push(() => hub.close());
  const doctor = joinDoctor({
    ...{ ...common, store: store.read, options, layout, settings, status, environments, secrets, content, packages },
    ...{ images: images.content, oobm: machines.oobm, hub: hub.hub, address: () => address },
  });

  const router = createRouter(
    {
      system: doctor.part,
      testData: testData.part,
      ...editing.parts,
      ...machines.parts,
      reservations: reservationsPart({ ...common, ...held.forPart(joined.services), link, address: () => address }),
      hub: hub.part,
      people: peoplePart(createPeople(store.write)),
      ...told.parts,
      ...provisioning.parts,
      images: images.part,
      serving: serving.part,
      ...packages.parts,
      ...joinPlans({
        ...{ ...common, secrets, content, scratch: layout.scratch, runs: joined.services, engine: runs },
        ...{ libraries: packages.libraries, testData: testData.services, harnessName: () => settings.read().harnessName },
      }),
    },
    log,
  );
  hub.start();
  await images.start();
  leaving.push(doctor.start());
  log.info('the harness is up', { home: layout.home, face: options.face, appVersion: options.appVersion });
  return {
    home: layout.home,
    router,
    changes,
    announce: (announced) => {
      address = announced.url;
      return Promise.resolve(claim.announce(announced));
    },
    ...{ calendar: (path, wish) => link.read(path, wish), trigger: told.trigger },
    close: () => leave(leaving),
  };
}

async function leave(leaving: (() => unknown)[]): Promise<void> {
  for (let step = leaving.pop(); step !== undefined; step = leaving.pop()) await step();
}
