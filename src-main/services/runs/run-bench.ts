import { openContentStore } from '@atn/content-store';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run, RunRequest } from '../../../src-shared/model/run.ts';
import type { SutField } from '../../../src-shared/model/sut.ts';
import { Changes } from '../../changes.ts';
import { joinReservations } from '../../join-reservations.ts';
import { joinRuns } from '../../join-runs.ts';
import type { Log } from '../../log.ts';
import { newId } from '../../new-id.ts';
import type { WritableStore } from '../../store/handle.ts';
import { SuiteFinder } from '../../robot/discovery.ts';
import { openStore } from '../../store/open.ts';
import { saveSut } from '../../store/suts.ts';
import { ReservationRequest } from '../../../src-shared/model/reservation.ts';
import type { Reservations } from '../reservations/create-reservations.ts';
import type { Caller } from '../caller.ts';
import { createEnvironments, type Environments } from '../environments/default-environment.ts';
import type { EnvironmentServices } from '../environments/environment-services.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import type { SecretBackend } from '../secrets/secret-backend.ts';
import { importTestData } from '../test-data/import-test-data.ts';
import type { TestDataServices } from '../test-data/test-data-services.ts';
import { Turns } from '../test-data/turns.ts';
import { createRuns, type Runs } from './create-runs.ts';
import type { RunServices } from './run-services.ts';
import { notObserved } from '../suts/not-observed.ts';

export const anna: Caller = { user: 'anna', origin: 'desktop' };
const deeds = {
  isIdle: () => true,
  endUse: () => Promise.resolve(),
  powerOff: () => Promise.resolve(),
  quarantine: () => Promise.resolve(),
};
const plain: SecretBackend = {
  id: 'test',
  protection: 'none',
  strong: false,
  seal: (text) => Promise.resolve(Buffer.from(text)),
  open: (sealed) => Promise.resolve(sealed.toString()),
};

export interface BenchOptions {
  home?: string;
  /** Where robot/ is; a bundled test names it, because it lies elsewhere. */
  resources?: string;
  workers?: number;
  environments?: Environments;
  stopGraceSeconds?: number;
  provisioning?: Pick<RunServices, 'provisioning' | 'provisioningReasons'>;
}

/** For runs that take machines as they are. */
export const NO_PROVISIONING: NonNullable<BenchOptions['provisioning']> = {
  provisioningReasons: () => Promise.resolve([]),
  provisioning: {
    bind: () => Promise.resolve(null),
    ready: () => Promise.resolve(),
    provision: () => Promise.reject(new Error('nothing was to be provisioned')),
    tearDown: () => Promise.resolve(null),
    switchesOffKept: () => Promise.resolve(false),
  },
};

/** The run engine on a real store with real Robot, in a home of its own or that of an engine before. */
export async function runBench(options: BenchOptions = {}) {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'atn-runs-'));
  for (const folder of ['scratch', 'runs']) mkdirSync(join(home, folder), { recursive: true });
  const resources = options.resources ?? join(import.meta.dirname, '../../../resources');
  const scripts = join(resources, 'robot');
  const store = openStore({ file: join(home, 'harness.db'), backups: join(home, 'backups'), now: Date.now() });
  const problems: string[] = [];
  const common = {
    store: store.write,
    changes: new Changes(),
    clock: { now: () => Date.now(), doubt: () => null, trust: () => undefined },
    log: listing(problems),
  };
  const content = openContentStore(join(home, 'content'));
  const environments =
    options.environments ?? createEnvironments({ scripts, clock: common.clock, pythonPath: () => null, onFound: () => undefined });
  const settings = {
    workers: options.workers ?? 2,
    stopGraceSeconds: options.stopGraceSeconds ?? 20,
    remindMinutes: 10,
    gapMinutes: 0,
    defaultTimeLimitMs: null,
    paused: false,
  };
  const held = joinReservations({ ...common, settings: () => settings, runs: () => runs, deeds: () => deeds });
  const packages = { pythonPath: null, packageIndexUrl: null, packageFolders: [], uvPath: null, robotVersion: '7.5' };
  const locked: EnvironmentServices = {
    ...{ ...common, content, scripts, scratch: join(home, 'scratch'), settings: () => packages, defaults: environments },
    ...{ variables: process.env, uvElse: null, how: null, builds: new Map(), pythons: new Map() },
  };
  const { services, pool } = joinRuns({
    ...common,
    locked,
    runsFolder: join(home, 'runs'),
    scripts,
    nativeBinding: undefined,
    settings: () => settings,
    queuePaused: () => settings.paused,
    environments,
    content,
    suts: { ...common, secrets: createSecretStore(store.read, [plain]), holds: held.holds, observed: notObserved },
    holds: held.runHolds,
    access: { open: () => Promise.resolve(), close: () => Promise.resolve() },
    takeOutMedia: () => Promise.resolve(null),
    ...(options.provisioning ?? NO_PROVISIONING),
  });
  const runs = createRuns(services);
  held.reservations.settle();
  await runs.recover();
  held.reservations.start();
  const testData = {
    ...common,
    content,
    environments,
    resources,
    scratch: join(home, 'scratch'),
    finder: new SuiteFinder(scripts),
    turns: new Turns(),
    plansOf: () => [],
    otherContent: () => [],
  };
  return {
    home,
    store: store.write,
    services,
    changes: common.changes,
    runs,
    settings,
    problems,
    import: (path: string, name?: string) => importFolder(testData, path, name),
    reservations: held.reservations,
    addSut: (name: string, more: SutMore = {}) => addSut(store.write, held.reservations, { name, ...more }),
    close: async () => {
      held.close();
      await runs.close();
      await pool.close();
      store.close();
    },
  };
}

function listing(problems: string[]): Log {
  return {
    info: () => undefined,
    warn: (text, facts) => problems.push(`${text} ${JSON.stringify(facts)}`),
    error: (text, error) => problems.push(`${text} ${String(error)}`),
  };
}

async function importFolder(services: TestDataServices, path: string, name: string | undefined): Promise<string> {
  const request = { path, name, caller: anna, signal: new AbortController().signal, onProgress: () => undefined };
  return (await importTestData(services, request)).testData.id;
}

interface SutMore {
  role?: 'sut' | 'environment';
  information?: SutField[];
  reservedBy?: string;
}

function addSut(store: WritableStore, reservations: Reservations, sut: SutMore & { name: string }): string {
  const { name, role = 'sut', information = [], reservedBy } = sut;
  const id = newId(Date.now());
  saveSut(store, { id, name, role, information, tags: [], maintainedBy: 'lab', parentId: null, endpoints: [], createdAt: 1, changedAt: 1 });
  if (reservedBy !== undefined)
    reservations.request(ReservationRequest.parse({ suts: [name], open: true }), { user: reservedBy, origin: 'desktop' });
  return id;
}

export type Bench = Awaited<ReturnType<typeof runBench>>;

/** Resolves with the run as soon as `holds` is true of it; rejects when it ends without. */
export async function until(bench: Pick<Bench, 'runs' | 'changes'>, id: string, holds: (run: Run) => boolean): Promise<Run> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const stop = bench.changes.on('runs:changed', ({ ids }) => {
        if (!ids.includes(id)) return;
        stop();
        resolve();
      });
    });
    const run = bench.runs.get(id);
    if (holds(run)) return run;
    if (run.state === 'ended') throw new Error(`It ended before: ${JSON.stringify(run, null, 2)}`);
    await changed;
  }
}

export const ended = (bench: Pick<Bench, 'runs' | 'changes'>, id: string): Promise<Run> =>
  until(bench, id, ({ state }) => state === 'ended');

/** Starts and waits for the end. */
export async function runToEnd(runs: Runs, changes: Changes, request: RunRequest): Promise<Run> {
  const { id } = await runs.start(request, anna);
  return ended({ runs, changes }, id);
}
