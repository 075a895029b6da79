import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunOptions } from '../../../src-shared/model/run.ts';
import { WorkbenchError } from '../../errors.ts';
import { findLeftovers } from '../../robot/leftover-processes.ts';
import { readExitFile, readSupervisorFile, runFolder } from '../../robot/run-files.ts';
import { listLeases } from '../../store/leases.ts';
import { folderWith } from '../test-data/test-bench.ts';
import childFile from './harness-child.ts?modulePath';
import { anna, ended, runBench, until, type Bench } from './run-bench.ts';

const resources = join(import.meta.dirname, '../../../resources');
const children = new Set<ChildProcess>();
let bench: Bench | undefined;

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  if (bench !== undefined) await endAll(bench);
  await bench?.close();
  bench = undefined;
});

/** What a failed test leaves running would run for ever. */
async function endAll(at: Bench): Promise<void> {
  for (const { id } of at.runs.active()) {
    await at.runs.stop({ id, now: true }, anna).catch(() => undefined);
    await ended(at, id);
  }
}

/** A test that runs until the file `go` is there, and tears down in `tearDown` seconds when it is stopped. */
const waiting = (tearDown = 0) =>
  [
    '*** Test Cases ***',
    'First',
    '    No Operation',
    'Waits',
    '    Evaluate    os.environ',
    '    Wait For Go',
    `    [Teardown]    Sleep    ${tearDown}`,
    'Last',
    '    No Operation',
    '*** Keywords ***',
    'Wait For Go',
    '    WHILE    not os.path.exists("go")    limit=NONE',
    '        Sleep    0.05',
    '    END',
  ].join('\n');

async function started(options: Partial<RunOptions> = {}, more: { tearDown?: number; grace?: number; environment?: string } = {}) {
  bench = await runBench({ stopGraceSeconds: more.grace ?? 20 });
  bench.addSut('machine');
  const testDataId = await bench.import(folderWith({ 'a.robot': waiting(more.tearDown) }), 'waiting');
  const { id } = await bench.runs.start({ testDataId, suts: ['machine'], options }, anna);
  await until(bench, id, ({ happened, state }) => state === 'executing' && happened === 'Waits');
  return { bench, id, folder: runFolder(join(bench.home, 'runs', id)) };
}

const go = (folder: { data: string }) => spawn('touch', [join(folder.data, 'go')]);
const free = (at: Bench) => {
  expect(listLeases(at.store)).toEqual([]);
  expect(at.store.prepare('SELECT sut_id FROM hold').all()).toEqual([]);
};

describe('stopping', () => {
  it('a queued run ends at once', async () => {
    bench = await runBench();
    bench.settings.paused = true;
    const testDataId = await bench.import(folderWith({ 'a.robot': waiting() }), 'paused');
    const { id } = await bench.runs.start({ testDataId }, anna);
    expect(bench.runs.get(id)).toMatchObject({ state: 'queued', happened: 'The queue is paused.' });
    expect(await bench.runs.stop({ id, now: false }, anna)).toMatchObject({
      state: 'ended',
      verdict: 'stopped',
      happened: 'Stopped by anna before it began.',
    });
    await expect(bench.runs.stop({ id, now: false }, anna)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each([
    ['ROBOT_TOO_OLD', 'Robot Framework 5.0 is too old: 6.1 or newer is needed.'],
    ['PYTHON_MISSING', 'Python was not found.'],
    ['ENVIRONMENT_FAILED', 'The Python environment could not be made: no network.'],
  ] as const)('is not needed when there is nothing to run with: %s ends the run with its reason', async (code, message) => {
    const setUp = await runBench();
    const testDataId = await setUp.import(folderWith({ 'a.robot': waiting() }), 'no robot');
    await setUp.close();
    bench = await runBench({
      home: setUp.home,
      environments: { known: () => null, ensureDefault: () => Promise.reject(new WorkbenchError(code, message)) },
    });
    const { id } = await bench.runs.start({ testDataId }, anna);
    expect(await ended(bench, id)).toMatchObject({ verdict: 'error', cause: 'configuration', happened: message, failure: { code } });
  });

  it('a run that is being prepared never starts Robot', async () => {
    let cancelled = false;
    const environments = {
      known: () => null,
      ensureDefault: ({ signal }: { signal?: AbortSignal | undefined } = {}) =>
        new Promise<never>((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            cancelled = true;
            reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
          });
        }),
    };
    const real = await runBench();
    const testDataId = await real.import(folderWith({ 'a.robot': waiting() }), 'prepared');
    await real.close();
    bench = await runBench({ home: real.home, environments });
    const { id } = await bench.runs.start({ testDataId }, anna);
    expect(bench.runs.get(id).state).toBe('preparing');
    await bench.runs.stop({ id, now: false }, anna);
    expect(await ended(bench, id)).toMatchObject({ verdict: 'stopped', cause: null, failure: null });
    expect(cancelled).toBe(true);
    expect(existsSync(runFolder(join(bench.home, 'runs', id)).supervisor)).toBe(false);
  });

  it('lets Robot tear down and write its report, counting down', async () => {
    const { bench: at, id } = await started({}, { tearDown: 0.5 });
    await at.runs.stop({ id, now: false, reason: 'enough' }, anna);
    const stopping = await until(at, id, ({ stop }) => stop?.nextStepAt !== null && stop !== null);
    expect(stopping.stop).toMatchObject({ by: 'anna', step: 'asked' });
    expect((stopping.stop?.nextStepAt ?? 0) - Date.now()).toBeGreaterThan(15_000);
    const run = await ended(at, id);
    expect(run).toMatchObject({ verdict: 'stopped', cause: null, rebuilt: false });
    expect(run.counts).toMatchObject({ passed: 1 });
    expect(existsSync(join(run.reportDirectory, 'log.html'))).toBe(true);
    free(at);
  });

  it('kills what does not end, at once when told so, and rebuilds the report', async () => {
    const { bench: at, id, folder } = await started({}, { tearDown: 60, grace: 300 });
    await at.runs.stop({ id, now: false }, anna);
    await until(at, id, ({ stop }) => stop?.step === 'asked');
    await at.runs.stop({ id, now: true }, anna);
    expect(await ended(at, id)).toMatchObject({ verdict: 'stopped', rebuilt: true, counts: { passed: 1, notRun: 2 } });
    expect(findLeftovers(folder.record)).toEqual([]);
    free(at);
  });

  it('climbs by itself when the grace is over', async () => {
    const { bench: at, id, folder } = await started({}, { tearDown: 60, grace: 1 });
    await at.runs.stop({ id, now: false }, anna);
    expect(await ended(at, id)).toMatchObject({ verdict: 'stopped' });
    expect(await readExitFile(folder.exit)).toMatchObject({ how: 'stopped', stopStep: 'askedAgain' });
  });
});

describe('kills', () => {
  it('of the supervisor: the run is lost, what was recorded is kept, nothing of it is left', async () => {
    const { bench: at, id, folder } = await started();
    process.kill((await readSupervisorFile(folder.supervisor))?.pid ?? 0, 'SIGKILL');
    const run = await ended(at, id);
    expect(run).toMatchObject({ verdict: 'lost', cause: 'infrastructure', failure: { code: 'LOST' }, counts: { passed: 1 } });
    expect(readFileSync(join(run.reportDirectory, 'output.xml'), 'utf8')).toContain('</robot>');
    expect(findLeftovers(folder.record)).toEqual([]);
    free(at);
  });

  it('of Robot: an error with a report that is rebuilt', async () => {
    const { bench: at, id, folder } = await started();
    process.kill((await readSupervisorFile(folder.supervisor))?.robotPid ?? 0, 'SIGKILL');
    expect(await ended(at, id)).toMatchObject({ verdict: 'error', cause: 'infrastructure', rebuilt: true, counts: { passed: 1 } });
    free(at);
  });

  it('of the engine while Robot runs: another goes on with the same run', async () => {
    const { bench: first, id, folder } = await started();
    const before = await readSupervisorFile(folder.supervisor);
    await first.close();
    bench = await runBench({ home: first.home });
    expect(bench.runs.get(id)).toMatchObject({ state: 'executing' });
    await until(bench, id, ({ happened }) => happened === 'Waits');
    go(folder);
    expect(await ended(bench, id)).toMatchObject({ verdict: 'passed', counts: { passed: 3 } });
    expect((await readSupervisorFile(folder.supervisor))?.pid).toBe(before?.pid);
    free(bench);
  });
});

describe('SIGKILL of the process that is the harness', () => {
  async function child(home: string, until: (line: { state: string }) => boolean): Promise<ChildProcess> {
    const process = spawn(globalThis.process.execPath, [childFile, home, resources], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.add(process);
    let rest = '';
    await new Promise<void>((resolve) => {
      process.stdout.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        if (lines.some((line) => until(JSON.parse(line) as { state: string }))) resolve();
      });
    });
    return process;
  }

  it.each(['preparing', 'provisioning', 'executing'])(
    'while a run is %s, and again a moment later: it goes on and is executed once',
    async (state) => {
      const setUp = await runBench();
      setUp.settings.paused = true;
      setUp.addSut('machine');
      const testDataId = await setUp.import(folderWith({ 'a.robot': waiting() }), 'killed');
      const { id } = await setUp.runs.start({ testDataId, suts: ['machine'] }, anna);
      await setUp.close();
      for (let round = 0; round < 2; round += 1) {
        const killed = await child(setUp.home, (line) => line.state === state || line.state === 'executing');
        await wait(round * 150);
        killed.kill('SIGKILL');
        await once(killed, 'close');
      }
      bench = await runBench({ home: setUp.home });
      await until(bench, id, ({ happened }) => happened === 'Waits');
      go(runFolder(join(setUp.home, 'runs', id)));
      const run = await ended(bench, id);
      expect(run).toMatchObject({ verdict: 'passed', counts: { passed: 3 }, failure: null });
      const console = readFileSync(join(run.reportDirectory, 'console.txt'), 'utf8');
      expect(console.match(/^Report: /gmu)).toHaveLength(1);
      free(bench);
    },
  );

  it('while nobody is there Robot ends, and the next harness collects it', async () => {
    const { bench: first, id, folder } = await started();
    await first.close();
    go(folder);
    while (!existsSync(folder.exit)) await wait(50);
    bench = await runBench({ home: first.home });
    expect(await ended(bench, id)).toMatchObject({ verdict: 'passed', counts: { passed: 3 } });
    free(bench);
  });

  it('while nobody is there the supervisor is killed: the next harness says lost', async () => {
    const { bench: first, id, folder } = await started();
    await first.close();
    process.kill((await readSupervisorFile(folder.supervisor))?.pid ?? 0, 'SIGKILL');
    bench = await runBench({ home: first.home });
    expect(await ended(bench, id)).toMatchObject({ verdict: 'lost', counts: { passed: 1 } });
    expect(findLeftovers(folder.record)).toEqual([]);
    free(bench);
  });
});
