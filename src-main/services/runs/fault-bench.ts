import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { holdsLease } from '../../../src-shared/model/run-states.ts';
import type { TestDataRevision } from '../../../src-shared/model/test-data.ts';
import { Changes } from '../../changes.ts';
import { joinReservations } from '../../join-reservations.ts';
import { runFolder, type ExitFile } from '../../robot/run-files.ts';
import type { WritableStore } from '../../store/handle.ts';
import { openStore } from '../../store/open.ts';
import { listRunSuts, type RunRow } from '../../store/runs.ts';
import { saveSut } from '../../store/suts.ts';
import type { Supervised } from '../../workers/run-messages.ts';
import { createRuns } from './create-runs.ts';
import { NO_PROVISIONING } from './run-bench.ts';
import type { RunServices } from './run-services.ts';

export class Crash extends Error {}

/** In memory where there is such a place: hundreds of worlds are made, and no power cut is played. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** What outlives a harness: the store, the folders, and the supervisors in them. Robot here is a fake that obeys stop.json at once. */
export class World {
  readonly folder = mkdtempSync(join(PLACE, 'atn-fault-'));
  readonly #opened = openStore({ file: join(this.folder, 'harness.db'), backups: this.folder, now: 1 });
  readonly store: WritableStore = this.#opened.write;
  readonly starts = new Map<string, number>();
  now = 1_000_000;

  constructor() {
    this.store.pragma('synchronous = OFF'); // what is tested is the order of statements, not the disk
    this.store.prepare("INSERT INTO test_data (id, name, name_key, created_at) VALUES ('td', 'data', 'data', 1)").run();
    for (const name of ['a', 'b']) {
      saveSut(this.store, {
        id: `id-${name}`,
        name,
        role: 'sut',
        information: [],
        tags: [],
        maintainedBy: 'lab',
        parentId: null,
        endpoints: [],
        createdAt: 1,
        changedAt: 1,
      });
    }
  }

  runs(): RunRow[] {
    return this.store.prepare<[], RunRow>('SELECT * FROM run ORDER BY number').all();
  }

  /** What must hold at every moment that another process could see. */
  check(): void {
    const leases = this.store.prepare<[], { run: number; sut_id: string }>('SELECT run, sut_id FROM lease').all();
    for (const row of this.runs()) {
      const held = leases.filter(({ run }) => run === row.number).map(({ sut_id }) => sut_id);
      const wanted = holdsLease(row.state) ? listRunSuts(this.store, row.number).map(({ id }) => id) : [];
      if (held.sort().join() !== wanted.sort().join()) throw new Error(`${row.name} is ${row.state} and holds ${held.join() || 'nothing'}`);
      const open = this.store
        .prepare<[number], number>("SELECT count(*) FROM run_phase WHERE run = ? AND outcome = 'running'")
        .pluck()
        .get(row.number);
      if (open !== (row.state === 'ended' ? 0 : 1)) throw new Error(`${row.name} is ${row.state} and has ${open} running phases`);
    }
  }

  remove(): void {
    this.#opened.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A harness on that world which dies at its `crashAt`-th step: from then on it cannot do anything any more. */
export function faultyHarness(world: World, crashAt: number) {
  let steps = 0;
  let crashed: () => void = () => undefined;
  const crash = new Promise<void>((resolve) => (crashed = resolve));
  const point = () => {
    if (!world.store.inTransaction) world.check();
    steps += 1;
    if (steps < crashAt) return;
    crashed();
    throw new Crash();
  };
  const around = async <T>(work: () => T | Promise<T>): Promise<T> => {
    point();
    const result = await work();
    point();
    return result;
  };
  const runsFolder = join(world.folder, 'runs');
  const changes = new Changes();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const clock = { now: () => (world.now += 1), doubt: () => null, trust: () => undefined };
  const store = counting(world.store, point);
  const held = joinReservations({
    store,
    changes,
    clock,
    log,
    settings: () => ({ stopGraceSeconds: 1, remindMinutes: 10, gapMinutes: 0 }),
    runs: () => runs,
    deeds: () => deeds,
  });
  const services: RunServices = {
    store,
    changes,
    clock,
    log,
    holds: held.runHolds,
    access: { open: () => Promise.resolve(), close: () => Promise.resolve() },
    takeOutMedia: () => Promise.resolve(null),
    ...NO_PROVISIONING,
    runsFolder,
    scripts: '/scripts',
    nativeBinding: undefined,
    ensureEnvironment: () =>
      around(() => ({ python: '/python', robotVersion: '7.5', pythonVersion: '3.11', lockHash: null, pythonPath: [] })),
    bindLibraries: () => [],
    testData: {
      find: () => ({ ...testData, newest: revision }),
      sizeOf: () => 1,
      known: () => Promise.resolve(undefined),
      materialise: (_revision, folder) => around(() => void mkdirSync(folder, { recursive: true })),
    },
    reveal: () => Promise.reject(new Error('no secrets here')),
    sutInformation: (suts) => around(() => ({ suts: Object.fromEntries(suts.map(({ name }) => [name, {}])), secrets: {} })),
    content: {
      put: (text) => Promise.resolve(Buffer.from(text).toString('base64')),
      read: (sha) => around(() => Buffer.from(sha, 'base64').toString()),
    },
    settings: () => ({ workers: 2, stopGraceSeconds: 1, defaultTimeLimitMs: null }),
    queuePaused: () => false,
    freeBytes: () => Promise.resolve(null),
    jobs: {
      supervise: ({ folder }, onMessage, signal) => supervise(world, folder, { around, point, onMessage, signal }),
      collect: async (_task, onResults) => {
        for (const ordinal of [0, 1])
          await around(() =>
            onResults([{ ordinal, longName: `S.T${ordinal}`, item: ordinal, status: 'passed', elapsed: 1, message: null }]),
          );
        return { ...COLLECTED };
      },
    },
  };
  const runs = createRuns(services);
  return { runs, held, services, changes, crash, steps: () => steps };
}

const testData = {
  ...{ id: 'td', name: 'data', suiteName: 'Data', createdAt: 1, author: 'x', revisionCount: 1 },
  ...{ copiedFrom: null, archivedAt: null, link: null },
};
const revision: TestDataRevision = {
  hash: 'f'.repeat(64),
  testDataId: 'td',
  number: 1,
  parent: null,
  createdAt: 1,
  author: 'x',
  message: '',
  source: { kind: 'folder', place: '', ref: null, commit: null, subfolder: null },
  fileCount: 1,
  size: 1,
  counts: { suites: 1, cases: 2, errors: 0 },
};
const deeds = {
  isIdle: () => true,
  endUse: () => Promise.resolve(),
  powerOff: () => Promise.resolve(),
  quarantine: () => Promise.resolve(),
};
const COLLECTED = {
  counts: { passed: 2, failed: 0, skipped: 0, notRun: 0 },
  total: 2,
  robotVersion: '7.5',
  pythonVersion: '3.11',
  recordClosed: true,
  recordDropped: null,
  reportWhole: true,
  rebuilt: false,
  robotError: null,
  troubles: [],
};

interface Supervising {
  around: <T>(work: () => T | Promise<T>) => Promise<T>;
  point: () => void;
  onMessage: (message: { type: 'grew' }) => void;
  signal: AbortSignal;
}

async function supervise(world: World, folder: string, { around, point, onMessage, signal }: Supervising): Promise<Supervised> {
  const files = runFolder(folder);
  await around(() => {
    if (existsSync(files.supervisor)) return;
    world.starts.set(folder, (world.starts.get(folder) ?? 0) + 1);
    writeFileSync(files.supervisor, '{}');
  });
  for (let look = 0; look < 4; look += 1) {
    await turn();
    if (signal.aborted) return { how: 'left' };
    point();
    onMessage({ type: 'grew' });
    if (existsSync(files.stop)) break;
  }
  return around(() => {
    const stopped = existsSync(files.stop);
    if (!existsSync(files.exit)) writeFileSync(files.exit, JSON.stringify(exitOf(stopped)));
    return { how: 'exited', exit: JSON.parse(readFileSync(files.exit, 'utf8')) as ExitFile };
  });
}

function exitOf(stopped: boolean): ExitFile {
  const common = { endedAt: 1, exitCode: 0, signal: null, killedProcesses: 0, error: null, recordRows: 2 };
  return stopped
    ? { ...common, how: 'stopped', stopRequestedAt: 1, stopStep: 'asked' }
    : { ...common, how: 'exited', stopRequestedAt: null, stopStep: null };
}

/** The store with a point where it can die before and after each statement that writes, and around each transaction. */
function counting(store: WritableStore, point: () => void): WritableStore {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => countingStatement(target.prepare(sql), point);
      if (name === 'transaction') return (work: () => unknown) => inTransaction(target, work, point);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function inTransaction(store: WritableStore, work: () => unknown, point: () => void): () => unknown {
  const whole = store.transaction(work);
  return () => {
    point();
    const result: unknown = whole();
    point();
    return result;
  };
}

function countingStatement<Statement extends { run: (...values: never[]) => unknown }>(statement: Statement, point: () => void): Statement {
  return new Proxy(statement, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'run') return value.bind(target) as unknown;
      return (...values: never[]) => {
        point();
        const result = target.run(...values);
        point();
        return result;
      };
    },
  });
}
