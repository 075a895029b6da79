import { openContentStore } from '@atn/content-store';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run, RunRequest } from '../../../src-shared/model/run.ts';
import type { SutField } from '../../../src-shared/model/sut.ts';
import { Changes } from '../../changes.ts';
import { joinRuns } from '../../join-runs.ts';
import type { Log } from '../../log.ts';
import { newId } from '../../new-id.ts';
import { openStore } from '../../store/open.ts';
import { saveSut } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { createEnvironments, type Environments } from '../environments/default-environment.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import type { SecretBackend } from '../secrets/secret-backend.ts';
import { importTestData } from '../test-data/import-test-data.ts';
import { createRuns, type Runs } from './create-runs.ts';

export const anna: Caller = { user: 'anna', origin: 'desktop' };
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
}

/** The run engine on a real store with real Robot, in a home of its own or that of an engine before. */
export async function runBench(options: BenchOptions = {}) {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'atn-runs-'));
  for (const folder of ['scratch', 'runs']) mkdirSync(join(home, folder), { recursive: true });
  const store = openStore({ file: join(home, 'harness.db'), backups: join(home, 'backups'), now: Date.now() });
  const changes = new Changes();
  const clock = { now: () => Date.now() };
  const problems: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: (text, facts) => problems.push(`${text} ${JSON.stringify(facts)}`),
    error: (text, error) => problems.push(`${text} ${String(error)}`),
  };
  const content = openContentStore(join(home, 'content'));
  const resources = options.resources ?? join(import.meta.dirname, '../../../resources');
  const scripts = join(resources, 'robot');
  const environments = options.environments ?? createEnvironments({ scripts, clock, pythonPath: () => null, onFound: () => undefined });
  const settings = {
    workers: options.workers ?? 2,
    stopGraceSeconds: options.stopGraceSeconds ?? 20,
    defaultTimeLimitMs: null,
    paused: false,
  };
  const common = { store: store.write, changes, clock };
  const { services, pool } = joinRuns({
    ...common,
    log,
    runsFolder: join(home, 'runs'),
    scripts,
    nativeBinding: undefined,
    settings: () => settings,
    queuePaused: () => settings.paused,
    environments,
    content,
    suts: { ...common, secrets: createSecretStore(store.read, [plain]) },
  });
  const runs = createRuns(services);
  await runs.recover();
  const testDataServices = {
    ...common,
    content,
    log,
    environments,
    resources,
    scratch: join(home, 'scratch'),
    turns: { last: Promise.resolve() },
  };
  return {
    home,
    store: store.write,
    services,
    changes,
    runs,
    settings,
    problems,
    import: async (path: string, name?: string) => {
      const { testData } = await importTestData(testDataServices, {
        path,
        name,
        caller: anna,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      return testData.id;
    },
    addSut: (name: string, more: { role?: 'sut' | 'environment'; information?: SutField[]; reservedBy?: string } = {}) => {
      const { role = 'sut', information = [], reservedBy = null } = more;
      const id = newId(Date.now());
      saveSut(store.write, {
        id,
        name,
        role,
        information,
        tags: [],
        maintainedBy: 'lab',
        reservedBy,
        reservedSince: reservedBy === null ? null : 1,
        createdAt: 1,
        changedAt: 1,
      });
      return id;
    },
    close: async () => {
      await runs.close();
      await pool.close();
      store.close();
    },
  };
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
