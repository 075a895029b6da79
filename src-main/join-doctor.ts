import type { ContentStore } from '@atn/content-store';
import { join } from 'node:path';
import { startBackground } from './background.ts';
import { systemPart, type SystemPartServices } from './api/system.ts';
import type { Part } from './api/part.ts';
import type { HarnessOptions } from './harness.ts';
import { systemInfo } from './join-system.ts';
import type { Log } from './log.ts';
import type { Check } from './services/doctor/check.ts';
import { doctorChecks, type DoctorServices } from './services/doctor/checks.ts';
import { contents } from './services/doctor/contents.ts';
import { createDoctor, type Doctor } from './services/doctor/doctor.ts';
import { environments } from './services/doctor/environments.ts';
import { hub, type HubCheckServices } from './services/doctor/hub-checks.ts';
import { imageBudget, servingAddress } from './services/doctor/image-checks.ts';
import { leftovers } from './services/doctor/leftovers.ts';
import { machines } from './services/doctor/machines.ts';
import { permissions } from './services/doctor/permissions.ts';
import { ports } from './services/doctor/ports.ts';
import { processes } from './services/doctor/processes.ts';
import { inThread, storeIntegrity } from './services/doctor/store-checks.ts';
import { virtualMachines } from './services/doctor/virtual-machines.ts';
import type { HomeLayout } from './services/home/layout.ts';
import type { Hub } from './services/hub/create-hub.ts';
import { locksInUse } from './services/libraries/locks-in-use.ts';
import { cleanEnvironments } from './services/environments/keep-environments.ts';
import type { joinLibraries } from './join-libraries.ts';
import { readMachine } from './services/oobm/operate.ts';
import type { OobmServices } from './services/oobm/oobm-services.ts';
import { createBundles, type Bundles } from './services/support/bundles.ts';
import { readRevision } from './services/test-data/read-revision.ts';
import {
  listLastRuns,
  listLivingRunIds,
  listNamedContents,
  listNamedRevisions,
  listPeopleNames,
  listRunIds,
  listSecretReferences,
} from './store/doctor-facts.ts';
import type { ReadableStore } from './store/handle.ts';
import { listSuts } from './store/suts.ts';
import { listRevisionHashes } from './store/test-data-history.ts';

interface Joined extends Omit<SystemPartServices, 'doctor' | 'info' | 'bundles'>, Pick<DoctorServices, 'environments' | 'secrets'> {
  store: ReadableStore;
  log: Log;
  options: HarnessOptions;
  layout: HomeLayout;
  content: ContentStore;
  images: ContentStore;
  oobm: OobmServices;
  hub: Hub;
  packages: ReturnType<typeof joinLibraries>;
  /** Where the pages are served; null: nowhere. */
  address: () => string | null;
}

/** What looks after this computer, the lab around it and this home; it comes last, because it looks at all the others. `start` answers how to stop. */
export function joinDoctor(joined: Joined) {
  const { store, log, options, layout, status, changes, settings, environments: defaults } = joined;
  const doctor = createDoctor({
    checks: [...ofComputer(joined), ...ofLab(joined), ...ofHome(joined)].sort((a, b) => a.number - b.number),
    onFound: (found) => status.tookDoctor(found),
    onRepair: ({ number, title }, does) => log.info('the doctor repairs', { number, title, does }),
  });
  const part: Part<'system'> = systemPart({
    ...{ changes, settings, status, doctor, bundles: joinBundles(joined, doctor) },
    info: (caller) => systemInfo({ options, layout, store, settings }, caller),
  });
  const start = () => {
    const looking = (signal: AbortSignal) => doctor.look({ signal });
    const background = startBackground({ changes, log, settings, environments: defaults, status, doctor: looking });
    return () => background.stop();
  };
  return { part, start };
}

function joinBundles(joined: Joined, doctor: Doctor): Bundles {
  const { store, layout, options, settings, secrets, hub: home } = joined;
  const { appVersion, nativeBinding } = options;
  return createBundles({
    ...{ appVersion, layout },
    settings: () => settings.read(),
    doctor: (signal) => doctor.look({ signal }),
    figures: (signal) => inThread({ layout, nativeBinding }, signal, (thread) => thread.ask('figures', undefined)),
    hub: () => home.status().hub,
    machines: () => listSuts(store),
    lastRuns: (count) => listLastRuns(store, count),
    people: () => listPeopleNames(store),
    secrets: () => Promise.all(listSecretReferences(store).map((reference) => secrets.reveal(reference).catch(() => ''))),
  });
}

/** A supervisor needs some seconds to end after its run. */
const ENDING_MS = 60_000;

function ofComputer(joined: Joined): Check[] {
  const { store, layout, settings, environments: defaults, secrets, packages, options } = joined;
  const pythonPath = () => settings.read().pythonPath;
  const chosen = () => settings.read();
  return [
    ...doctorChecks({
      store,
      environments: defaults,
      secrets,
      home: layout.home,
      resources: options.resources,
      pythonPath,
      hub: hubOf(joined),
    }),
    imageBudget(store, chosen),
    servingAddress(chosen),
    permissions(layout),
    virtualMachines(() => listSuts(store)),
    processes({
      layout,
      livingRuns: () => listLivingRunIds(store, Date.now() - ENDING_MS),
      knownSuts: () => new Set(listSuts(store).map(({ id }) => id)),
    }),
    environments({ clean: (wanted) => cleanEnvironments(packages.environments, wanted, () => locksInUse(packages.libraries)) }),
  ];
}

function ofLab(joined: Joined): Check[] {
  const { store, settings, oobm, address } = joined;
  return [
    ports({ settings: () => settings.read(), update: (changes) => void settings.update(changes), pages: address }),
    machines({
      machines: () => listSuts(store),
      ask: (id, signal) => readMachine(oobm, { id, capability: 'power', urgency: 'poll' }, signal),
    }),
    hub(hubOf(joined)),
  ];
}

function hubOf({ hub: home }: Joined): HubCheckServices {
  return {
    status: () => home.status().hub,
    ask: async (url, signal) => (await import('./hub-link/ask-clock.ts')).askClock(url, signal),
    dial: () => home.retry(),
  };
}

function ofHome(joined: Joined): Check[] {
  const { store, layout, options, content, images } = joined;
  const { nativeBinding } = options;
  const stores = [content, images];
  const filesOf = async (hash: string) => (await readRevision(content, hash).catch(() => [])).map(({ sha256 }) => sha256);
  return [
    storeIntegrity({ layout, nativeBinding }),
    contents({
      stores,
      aside: join(layout.home, 'damaged'),
      usersOf: async (hashes) => {
        const users = listNamedContents(store).filter(({ sha256 }) => hashes.has(sha256));
        const named = users.map(({ name }) => name);
        for (const { hash, name } of listNamedRevisions(store))
          if (hashes.has(hash) || (await filesOf(hash)).some((sha256) => hashes.has(sha256))) named.push(name);
        return [...new Set(named)];
      },
    }),
    leftovers({
      ...{ layout, nativeBinding, stores, aside: join(layout.home, 'set-aside') },
      knownRuns: () => listRunIds(store),
      revisionContent: async () => (await Promise.all(listRevisionHashes(store).map(filesOf))).flat(),
    }),
  ];
}
