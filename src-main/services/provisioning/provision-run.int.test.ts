import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EndpointInput } from '../../../src-shared/model/sut-endpoint.ts';
import { WorkbenchError } from '../../errors.ts';
import { findInstalled } from '../../store/installed.ts';
import { findProvisioning } from '../../store/provisionings.ts';
import { saveLibraryMedia } from '../../store/library-media.ts';
import { findSut } from '../../store/suts.ts';
import { Media, mediaFolder } from './media.ts';
import { forgetAnswers } from './tear-down.ts';
import { readRecipe } from './read-recipe.ts';
import { provisionBench, RECIPE, type Fault } from './provision-bench.ts';

const FAULTS: Readonly<Record<string, () => WorkbenchError>> = {
  'time-out': () => new WorkbenchError('TIMEOUT', 'It did not answer in time.'),
  'status 500': () => new WorkbenchError('OOBM_REFUSED', 'The service answered 500.'),
  'connection cut': () => new WorkbenchError('OOBM_UNREACHABLE', 'The connection was cut.'),
  'wrong body': () => new WorkbenchError('OOBM_REFUSED', 'The answer is no JSON.'),
};
/** Commands of the recipe and of its tear-down when nothing goes wrong. */
const COMMANDS = 12;

type Bench = Awaited<ReturnType<typeof provisionBench>>;

async function wholeRun(bench: Bench) {
  const run = bench.newRun(`run-${Math.random()}`);
  const key = { run: run.number, sutId: 'sut' };
  const error = await bench.provision(run).then(
    () => null,
    (thrown: unknown) => thrown as WorkbenchError,
  );
  const problem = await bench.tearDown(run);
  return { run, error, problem, row: findProvisioning(bench.store, key) };
}

function nothingIsLeft({ machine, served, quarantined }: Bench): void {
  expect(served.size, 'nothing is served any more').toBe(0);
  if (quarantined.length > 0) return; // it could not be taken back, and everybody is told so
  expect(machine.media.size, 'media are ejected').toBe(0);
  expect(machine.boot, 'the boot order is its own').toBe('none');
}

describe('provisioning', () => {
  it('takes every step, keeps what is installed, and spends less than 2 s of its own', async () => {
    const bench = await provisionBench();
    const began = performance.now();
    const { error, problem, row, run } = await wholeRun(bench);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(error).toBe(null);
    expect(problem).toBe(null);
    expect(row).toMatchObject({ state: 'done', fetchedBytes: 200 });
    expect(bench.commandsSent()).toBe(COMMANDS);
    expect(findInstalled(bench.store, 'sut')).toMatchObject({ runId: run.id, image: { name: 'debian' }, dirtySince: null });
    nothingIsLeft(bench);
    expect(await bench.provision(bench.newRun('second'))).toMatchObject({
      outcome: 'skipped',
      note: expect.stringContaining('already') as unknown,
    });
  });

  it('takes away the answers of the virtual machine that is done, not those of others of its run', async () => {
    const bench = await provisionBench();
    const folder = mkdtempSync(join(tmpdir(), 'atn-answers-'));
    const recipe = await readRecipe(bench.services, { ref: 'i.recipe.yaml', of: 'e'.repeat(64), answers: null });
    const known = findSut(bench.store, 'sut');
    if (known === undefined) throw new Error('the SUT is not there');
    const endpoints = [{ ...EndpointInput.parse({ provider: 'qemu' }), id: 'q', secret: null }];
    const actor = { runId: 'run', who: 'the run install', fence: null };
    const insert = async (id: string) => {
      const media = new Media({ services: bench.services, recipe, sut: { ...known, id, endpoints }, actor, image: null, folder });
      await media.insert({ do: 'insert', what: 'answers', drive: id, tries: 1 }, new AbortController().signal);
      return { media, file: bench.machine.media.get(id) ?? '' };
    };
    const [first, second] = [await insert('one'), await insert('two')];
    await first.media.close();
    expect([existsSync(first.file), existsSync(second.file)]).toEqual([false, true]);
    await second.media.close();
    expect(existsSync(second.file)).toBe(false);
    bench.close();
  });

  it('leaves no answers of a kept machine behind a crash, but those of runs that go on', async () => {
    const bench = await provisionBench();
    const runs = mkdtempSync(join(tmpdir(), 'atn-runs-'));
    for (const id of ['over', 'going']) {
      bench.newRun(id);
      mkdirSync(mediaFolder(join(runs, id)), { recursive: true });
      const row = { id, sutId: 'sut', drive: null, image: 'debian', sha256: 'a'.repeat(64), address: '/image', runId: id };
      saveLibraryMedia(bench.store, { ...row, insertedAt: 1 });
    }
    bench.store.prepare("UPDATE run SET state = 'ended', verdict = 'passed', ended_at = 2 WHERE id = 'over'").run();
    await forgetAnswers(bench.services, runs);
    expect(['over', 'going'].map((id) => existsSync(mediaFolder(join(runs, id))))).toEqual([false, true]);
    bench.close();
  });

  it('takes away what it served although the console cannot be put into the report', async () => {
    const bench = await provisionBench();
    const run = bench.newRun('run');
    mkdirSync(run.folder, { recursive: true });
    writeFileSync(join(run.folder, 'output'), 'no folder');
    let size = 0;
    bench.services.consoles = {
      ...bench.services.consoles,
      live: () => ({ recordingId: 'one', size }),
      bytes: () => Buffer.from('said'),
      attach: (sutId) => {
        queueMicrotask(() => {
          size = 4;
          bench.services.changes.emit('console:changed', { sutId });
        });
        return () => undefined;
      },
    };
    expect(await bench.provision(run)).toMatchObject({ outcome: 'done' });
    expect(findProvisioning(bench.store, { run: run.number, sutId: 'sut' })).toMatchObject({ state: 'done', fetchedBytes: 200 });
    expect([...bench.served]).toEqual([]);
    bench.close();
  });

  it('serves a machine that runs from its image until its run is over, and no other', async () => {
    for (const stays of [true, false]) {
      const bench = await provisionBench(null, stays ? `${RECIPE}imageStays: true\n` : RECIPE);
      const run = bench.newRun('run');
      await bench.provision(run);
      expect([...bench.served].toSorted(), `stays: ${stays}`).toEqual(stays ? ['answers.iso', 'debian.iso'] : []);
      await bench.tearDown(run);
      expect(findProvisioning(bench.store, { run: run.number, sutId: 'sut' })?.fetchedBytes).toBe(200);
      nothingIsLeft(bench);
      bench.close();
    }
  });

  it('goes on serving a machine that is kept, and hands its image over once, to whoever ends the hold', async () => {
    const bench = await provisionBench(null, `${RECIPE.replaceAll('  - { do: eject, tries: 2 }\n', '')}imageStays: true\n`);
    const run = bench.newRun('run');
    await bench.provision(run);
    mkdirSync(mediaFolder(run.folder), { recursive: true });
    const answers = join(mediaFolder(run.folder), 'sut-answers.iso'); // as a virtual machine reads them
    writeFileSync(answers, 'answers');
    for (let round = 0; round < 2; round += 1) expect(await bench.tearDown(run, true)).toBe(null);
    expect(existsSync(answers)).toBe(true);
    expect([...bench.served]).toContain('debian.iso');
    expect(bench.machine.media.size).toBe(2);
    expect(bench.machine.boot).toBe('none');
    expect(bench.kept).toMatchObject([{ sutId: 'sut', inserted: { image: 'debian', address: 'http://harness/debian.iso' } }]);
    await bench.kept[0]?.revoke();
    expect(existsSync(answers)).toBe(false);
    expect([...bench.served]).toEqual([]);
    bench.close();
  });

  for (const [name, error] of Object.entries(FAULTS)) {
    for (const afterwards of [false, true]) {
      it(
        `ends in a named state after ${name} ${afterwards ? 'behind' : 'before'} any command, with nothing left behind`,
        { timeout: 30_000 },
        async () => {
          for (let at = 0; at < COMMANDS; at += 1) {
            for (const times of [1, 100]) {
              const fault: Fault = { at, error, afterwards, times };
              const bench = await provisionBench(fault);
              const { error: thrown, problem, row } = await wholeRun(bench);
              const where = `${name} at ${at}, ${times} times`;
              expect(['done', 'failed'], where).toContain(row?.state);
              expect(
                row?.steps.filter(({ state }) => state === 'running' || state === 'waiting'),
                where,
              ).toEqual([]);
              expect(thrown === null, where).toBe(row?.state === 'done');
              if (thrown !== null) expect(thrown.code, where).toBe('PROVISIONING_FAILED');
              expect(findInstalled(bench.store, 'sut') !== undefined, where).toBe(row?.state === 'done');
              expect(problem !== null, where).toBe(bench.quarantined.length > 0);
              nothingIsLeft(bench);
              bench.close();
            }
          }
        },
      );
    }
  }

  it('stopped at any moment leaves the machine off, without media, and not known as installed', async () => {
    for (let at = 0; at < COMMANDS - 2; at += 1) {
      const bench = await provisionBench();
      const { change } = bench.services.machines;
      let count = 0;
      bench.services.machines.change = (deed, actor) => {
        if (count++ === at) bench.stop();
        return change(deed, actor);
      };
      const { row } = await wholeRun(bench);
      expect(row?.state, `stopped at ${at}`).toBe('stopped');
      expect(bench.machine.on, `stopped at ${at}`).toBe(false);
      nothingIsLeft(bench);
    }
  });

  it('begun by a harness that ended goes on: once anew where the machine read from it, else from the step it was at', async () => {
    for (let at = 0; at < 9; at += 1) {
      const bench = await provisionBench();
      const { change } = bench.services.machines;
      let count = 0;
      bench.services.machines.change = (deed, actor) => {
        if (count++ === at) bench.leave();
        return change(deed, actor);
      };
      const run = bench.newRun('run');
      await expect(bench.provision(run), `left at ${at}`).rejects.toThrow();
      const stays = new AbortController().signal;
      await bench.provision(run, { cancel: stays, leaving: stays });
      const row = findProvisioning(bench.store, { run: run.number, sutId: 'sut' });
      expect(row, `left at ${at}`).toMatchObject({ state: 'done', round: at === 0 ? 1 : 2 });
    }
  });

  it('that reads from the harness is not begun a third time', async () => {
    const bench = await provisionBench();
    const { change } = bench.services.machines;
    let leaving = new AbortController();
    bench.services.machines.change = (deed, actor) => {
      if (deed.what.startsWith('boot from cdrom')) leaving.abort();
      return change(deed, actor);
    };
    const run = bench.newRun('run');
    const stays = new AbortController().signal;
    for (let start = 0; start < 2; start += 1) {
      leaving = new AbortController();
      await expect(bench.provision(run, { cancel: stays, leaving: leaving.signal })).rejects.toThrow();
    }
    await expect(bench.provision(run, { cancel: stays, leaving: stays })).rejects.toThrow('ended twice');
  });
});
