import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../src-shared/model/run-states.ts';
import { runFolder } from '../../robot/run-files.ts';
import { listLeases } from '../../store/leases.ts';
import { createEnvironments, type Environments } from '../environments/default-environment.ts';
import { folderWith } from '../test-data/test-bench.ts';
import { anna, ended, runBench, until, type Bench } from './run-bench.ts';

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const resources = join(import.meta.dirname, '../../../resources');

/** Needs a disk of its own, which only root can make. */
describe.runIf(isRoot)('a full disk', () => {
  let disk = '';
  let bench: Bench | undefined;

  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'atn-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk]);
  });
  afterEach(async () => {
    rmSync(join(disk, 'filler'), { force: true });
    await bench?.close();
    execFileSync('umount', ['-l', disk]);
  });

  /** Fills the disk to its last byte; answers how to empty it again. */
  function fill(): () => void {
    const file = join(disk, 'filler');
    const descriptor = openSync(file, 'w');
    for (const size of [1 << 20, 1 << 12, 1]) {
      try {
        for (;;) writeSync(descriptor, Buffer.alloc(size, 1));
      } catch {
        // full for this size
      }
    }
    closeSync(descriptor);
    return () => rmSync(file);
  }

  async function start(environments?: Environments) {
    const at = await runBench({ home: join(disk, 'home'), ...(environments === undefined ? {} : { environments }) });
    bench = at;
    at.addSut('machine');
    const suite =
      '*** Test Cases ***\nFirst\n    No Operation\nWaits\n    WHILE    not os.path.exists("go")    limit=NONE\n        Sleep    0.05\n    END\nLast\n    Log    ${{"x" * 100000}}\n';
    const testDataId = await at.import(folderWith({ 'a.robot': suite }), 'full');
    return { at, begin: async () => (await at.runs.start({ testDataId, suts: ['machine'] }, anna)).id };
  }

  async function expectFull(at: Bench, id: string) {
    const run = await ended(at, id);
    expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'DISK_FULL' } });
    expect(run.happened).toMatch(/disk/iu);
    expect(listLeases(at.store)).toEqual([]);
  }

  it('refuses to start on a disk with too little room, and says how much it needs', async () => {
    const { begin } = await start();
    fill();
    await expect(begin()).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED', data: { reasons: [{ code: 'DISK_FULL' }] } });
  });

  it('that gets full while a run is prepared', async () => {
    const real = createEnvironments({
      scripts: join(resources, 'robot'),
      clock: { now: () => Date.now() },
      pythonPath: () => null,
      onFound: () => undefined,
    });
    let filled = false;
    const environments: Environments = {
      known: () => real.known(),
      ensureDefault: async (options) => {
        const environment = await real.ensureDefault(options);
        if (filled) fill();
        return environment;
      },
    };
    const { at, begin } = await start(environments);
    filled = true;
    await expectFull(at, await begin());
  });

  it('that gets full while Robot runs', async () => {
    const { at, begin } = await start();
    const id = await begin();
    await until(at, id, ({ happened }) => happened === 'Waits');
    const folder = runFolder(join(disk, 'home', 'runs', id));
    execFileSync('touch', [join(folder.data, 'go.soon')]);
    fill();
    execFileSync('mv', [join(folder.data, 'go.soon'), join(folder.data, 'go')]);
    await expectFull(at, id);
    expect(existsSync(folder.exit)).toBe(true);
  });

  it.each<RunState>(['tearingDown', 'collecting'])(
    'that gets full when a run is %s: it ends, and what is known of it is kept',
    async (state) => {
      const { at, begin } = await start();
      const id = await begin();
      await until(at, id, ({ happened }) => happened === 'Waits');
      at.changes.on('runs:changed', () => {
        if (at.runs.get(id).state === state && !existsSync(join(disk, 'filler'))) fill();
      });
      execFileSync('touch', [join(runFolder(join(disk, 'home', 'runs', id)).data, 'go')]);
      const run = await ended(at, id);
      expect(['passed', 'error']).toContain(run.verdict);
      if (run.verdict === 'error') expect(run.failure?.code).toBe('DISK_FULL');
      expect(listLeases(at.store)).toEqual([]);
    },
  );
});
