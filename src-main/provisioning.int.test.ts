import { createRouterClient } from '@orpc/server';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { program, runTool } from '../e2e/lab/processes.ts';
import { writeTinyMachine } from '../e2e/lab/tiny-machine.ts';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import { folderWith } from './services/test-data/test-bench.ts';

const resources = join(import.meta.dirname, '../resources');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const RECIPE = `recipe: Boot from its disk
image: none
failOn: [on fire]
steps:
  - { do: power, action: off }
  - { do: boot, device: disk }
  - { do: power, action: on }
  - { do: waitConsole, pattern: booted from disk, limit: 20 }
`;
const SUITE = '*** Test Cases ***\nReal\n    Log    hello\n';

async function lab(recipe = RECIPE) {
  const home = mkdtempSync(join(tmpdir(), 'atn-provision-'));
  const compose = () => composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  let harness = await compose();
  const asAda = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
  const sut = await asAda().suts.create({ name: 'virtual-1', endpoints: [{ provider: 'qemu' }] });
  const machine = join(home, 'machines', sut.id);
  const { disk } = writeTinyMachine(home);
  mkdirSync(machine, { recursive: true });
  runTool(program('qemu-img', 'qemu-utils'), ['convert', '-f', 'raw', '-O', 'qcow2', disk, join(machine, 'disk.qcow2')]);
  cleanups.push(async () => {
    await asAda()
      .suts.power({ id: sut.id, action: 'off', confirmed: true })
      .catch(() => undefined);
    await harness.close();
  });
  const folder = folderWith({ 'smoke.robot': SUITE, 'boot.recipe.yaml': recipe });
  let testDataId = '';
  for await (const event of await asAda().testData.importPath({ path: folder })) if (event.type === 'done') testDataId = event.testData.id;
  return {
    home,
    sut,
    testDataId,
    get ada() {
      return asAda();
    },
    asBob: () => createRouterClient(harness.router, { context: { caller: { user: 'bob', origin: 'cli' } } }),
    start: (provisioning: Record<string, unknown> = {}) =>
      asAda().runs.start({ testDataId, suts: ['virtual-1'], provisioning: { recipe: 'boot.recipe.yaml', ...provisioning } }),
    restart: async () => {
      await harness.close();
      harness = await compose();
    },
    isOn: async () => (await asAda().suts.powerStatus({ id: sut.id })).on,
  };
}

async function until(ada: Awaited<ReturnType<typeof lab>>['ada'], id: string, holds: (run: Run) => boolean): Promise<Run> {
  for await (const run of await ada.runs.follow({ id })) if (holds(run)) return run;
  const run = await ada.runs.get({ id });
  if (holds(run)) return run;
  throw new Error(`It ended before: ${JSON.stringify(run, null, 2)}`);
}

/** Its console says so after the deed. */
async function startsAnew(ada: Awaited<ReturnType<typeof lab>>['ada'], sutId: string): Promise<void> {
  let before: { id: string; size: number } | null = null;
  let said = '';
  for await (const event of await ada.consoles.attach({ sutId })) {
    if (event.type === 'state' && event.console.state === 'open' && before === null) {
      before = event.console.recording;
      await ada.suts.power({ id: sutId, action: 'reset' });
    }
    if (event.type !== 'bytes' || before === null) continue;
    const old = event.recordingId === before.id ? Math.max(0, before.size - event.offset) : 0;
    said += Buffer.from(event.bytes, 'base64').subarray(old).toString('latin1');
    if (said.includes('booted from disk')) return;
  }
}

const ended = (ada: Awaited<ReturnType<typeof lab>>['ada'], id: string) => until(ada, id, ({ state }) => state === 'ended');
const stepsOf = ({ provisioning }: Run) => provisioning?.suts[0]?.steps.map(({ what, state }) => `${what}: ${state}`) ?? [];

describe('a run that brings its machine into a state first', () => {
  it('shows each step, runs its tests, takes back what it did, and the next one finds the machine as it wants it', async () => {
    const { start, ada, isOn } = await lab();
    const first = await ended(ada, (await start()).id);
    expect(first).toMatchObject({ verdict: 'passed', failure: null });
    expect(first.phases.map(({ state, outcome }) => `${state} ${outcome}`)).toContain('provisioning done');
    expect(stepsOf(first)).toEqual([
      'Power off: done',
      'Boot from disk once: done',
      'Power on: done',
      'Wait for “booted from disk” on the console: done',
      'Restore the boot order: done',
    ]);
    expect(readFileSync(join(first.reportDirectory, 'machine-consoles', 'virtual-1.txt'), 'latin1')).toContain('booted from disk');
    expect(await isOn(), 'it was asked to leave it as it is').toBe(true);
    const second = await ended(ada, (await start()).id);
    expect(second.phases[2]).toMatchObject({
      state: 'provisioning',
      outcome: 'skipped',
      note: expect.stringContaining('already') as unknown,
    });
    const third = await ended(ada, (await start({ when: 'always' })).id);
    expect(third.provisioning?.suts[0]?.state).toBe('done');
  });

  it('stopped in the middle leaves the machine off, and nobody believes that it is installed', async () => {
    const { start, ada, isOn } = await lab(RECIPE.replace('booted from disk, limit: 20', 'never said, limit: 600'));
    const { id } = await start();
    await until(ada, id, (run) => stepsOf(run).some((step) => step.startsWith('Wait for') && step.endsWith('running')));
    await ada.runs.stop({ id });
    const stopped = await ended(ada, id);
    expect(stopped).toMatchObject({ verdict: 'stopped', provisioning: { suts: [{ state: 'stopped' }] } });
    expect(stepsOf(stopped)).toContain('Power off: done');
    expect(await isOn()).toBe(false);
  });

  it('that loses its power ends at once as an error of the infrastructure, with the console in the report', async () => {
    const { start, ada, sut } = await lab(RECIPE.replace('booted from disk, limit: 20', 'never said, limit: 600'));
    const { id } = await start();
    await until(ada, id, (run) => stepsOf(run).some((step) => step.startsWith('Wait for') && step.endsWith('running')));
    await expect.poll(async () => (await ada.consoles.search({ sutId: sut.id, text: 'booted from disk' })).hits.length).toBe(1);
    await ada.suts.power({ id: sut.id, action: 'off', confirmed: true });
    const broken = await ended(ada, id);
    expect(broken).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
    expect(broken.failure?.message).toContain('lost its power');
    const artefacts = await ada.reports.artefacts({ id });
    expect(artefacts.map(({ path }) => path)).toContain('machine-consoles/virtual-1.txt');
    const lastSaid = readFileSync(join(broken.reportDirectory, 'machine-consoles', 'virtual-1.txt'), 'latin1');
    expect(lastSaid, 'what it said before').toContain('booted from disk');
    expect((await ada.suts.get({ id: sut.id })).inUse).toBe(null);
  });

  it('goes on after a restart of the workbench', async () => {
    const bench = await lab(RECIPE.replace('booted from disk, limit: 20', 'typed by hand, limit: 60'));
    const { id } = await bench.start();
    await until(bench.ada, id, (run) => stepsOf(run).some((step) => step.startsWith('Wait for') && step.endsWith('running')));
    await expect.poll(async () => (await bench.ada.consoles.search({ sutId: bench.sut.id, text: 'booted from disk' })).hits.length).toBe(1);
    await bench.restart();
    const { ada, sut } = bench;
    for await (const event of await ada.consoles.attach({ sutId: sut.id })) {
      if (event.type === 'state' && event.console.state === 'open') break;
    }
    await ada.consoles.takeWriter({ sutId: sut.id, confirmed: true });
    const over = ended(ada, id);
    // The tiny machine sends it back. Again and again: what it says before the workbench listens once more is heard by nobody.
    const typing = setInterval(() => void ada.consoles.write({ sutId: sut.id, text: 'typed by hand' }).catch(() => undefined), 300);
    const run = await over.finally(() => clearInterval(typing));
    expect(run).toMatchObject({ verdict: 'passed' });
    const said = readFileSync(join(run.reportDirectory, 'machine-consoles', 'virtual-1.txt'), 'latin1');
    expect(said, 'before and after').toMatch(/booted from disk[^]*typed by hand/u);
  });

  it.each([
    ['never', RECIPE, null],
    ['onFailure', RECIPE, null],
    ['onFailure', RECIPE.replace('booted from disk, limit: 20', 'never said, limit: 1'), 30],
    ['always', RECIPE, 45],
  ] as const)('keeps its machine %s, on and reserved for as long as was said', async (when, recipe, minutes) => {
    const { ada, testDataId, isOn, sut } = await lab(`${recipe}powerAfter: off\n`);
    const wanted = { sut: 'virtual-1', recipe: 'boot.recipe.yaml', testDataId, keep: { when, minutes: minutes ?? 60 } };
    const run = await ended(ada, (await ada.runs.provision(wanted)).id);
    expect(run.verdict).toBe(recipe === RECIPE ? 'passed' : 'error');
    expect(await isOn()).toBe(minutes !== null);
    const { reservedBy, inUse } = await ada.suts.get({ id: sut.id });
    expect({ reservedBy, inUse }).toEqual({ reservedBy: minutes === null ? null : 'ada', inUse: null });
    if (minutes === null) return;
    const [kept] = (await ada.reservations.list({})).filter(({ state }) => state === 'active');
    expect(Math.round(((kept?.end ?? 0) - (run.endedAt ?? 0)) / 60_000)).toBe(minutes);
  });

  it('keeps a machine that failed for its holder alone, who may switch it, and switches it off when its time is over', async () => {
    const { ada, asBob, testDataId, isOn, sut } = await lab(RECIPE.replace('booted from disk, limit: 20', 'never said, limit: 5'));
    const wanted = { sut: 'virtual-1', recipe: 'boot.recipe.yaml', testDataId, keep: { when: 'onFailure', minutes: 30 } } as const;
    expect(await ended(ada, (await ada.runs.provision(wanted)).id)).toMatchObject({ verdict: 'error' });
    const [kept] = (await ada.reservations.list({})).filter(({ state }) => state === 'active');
    expect(kept).toMatchObject({ holder: 'ada', atEnd: 'powerOff' });
    await expect(asBob().suts.power({ id: sut.id, action: 'cycle' })).rejects.toMatchObject({ code: 'NOT_RESERVED' });
    await startsAnew(ada, sut.id);
    await ada.suts.power({ id: sut.id, action: 'cycle' });
    expect(await isOn()).toBe(true);
    await ada.reservations.changeEnd({ id: kept?.id ?? '', end: Date.now() + 1500 });
    await expect.poll(async () => (await ada.suts.get({ id: sut.id })).reservedBy, { timeout: 30_000 }).toBe(null);
    expect(await isOn()).toBe(false);
  });

  it('without tests brings its machine into the state, keeps console and timeline, and the second finds it there', async () => {
    const { ada, testDataId, isOn, sut } = await lab();
    const wanted = { sut: 'virtual-1', recipe: 'boot.recipe.yaml', testDataId };
    const first = await ended(ada, (await ada.runs.provision(wanted)).id);
    expect(first).toMatchObject({ verdict: 'passed', purpose: 'provision', name: 'Provision virtual-1', failure: null, total: 0 });
    expect(first.phases.map(({ state, outcome }) => `${state} ${outcome}`)).toEqual([
      'queued done',
      'preparing done',
      'provisioning done',
      'executing skipped',
      'tearingDown done',
      'collecting done',
    ]);
    expect(stepsOf(first)).toContain('Restore the boot order: done');
    expect(first.happened).toContain('in the wanted state');
    expect(readFileSync(join(first.reportDirectory, 'machine-consoles', 'virtual-1.txt'), 'latin1')).toContain('booted from disk');
    expect((await ada.timeline.read({ id: first.id })).machines).toHaveLength(1);
    expect(await isOn()).toBe(true);
    expect(await ada.suts.get({ id: sut.id })).toMatchObject({ inUse: null, reservedBy: null });
    expect(await ada.provisioning.installed({ sutId: sut.id })).toMatchObject({ runId: first.id });
    const second = await ended(ada, (await ada.runs.provision(wanted)).id);
    expect(second).toMatchObject({ verdict: 'passed', provisioning: { suts: [{ state: 'skipped' }] } });
    const again = await ended(ada, (await ada.runs.rerun({ id: first.id })).id);
    expect(again).toMatchObject({ purpose: 'provision', rerunOf: first.id, verdict: 'passed' });
  });

  it('without tests is refused for a machine that somebody else holds, stopped like any run, and survives a restart', async () => {
    const bench = await lab(RECIPE.replace('booted from disk, limit: 20', 'never said, limit: 600'));
    const wanted = { sut: 'virtual-1', recipe: 'boot.recipe.yaml', testDataId: bench.testDataId };
    const { id } = await bench.ada.runs.provision(wanted);
    await until(bench.ada, id, (run) => stepsOf(run).some((step) => step.startsWith('Wait for') && step.endsWith('running')));
    await expect(bench.asBob().runs.provision(wanted)).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
    await bench.restart();
    await until(bench.ada, id, (run) => stepsOf(run).some((step) => step.startsWith('Wait for') && step.endsWith('running')));
    await bench.ada.runs.stop({ id });
    const stopped = await ended(bench.ada, id);
    expect(stopped).toMatchObject({ verdict: 'stopped', provisioning: { suts: [{ state: 'stopped' }] } });
    expect(await bench.isOn()).toBe(false);
    expect((await bench.ada.suts.get({ id: bench.sut.id })).inUse).toBe(null);
    expect(await bench.ada.provisioning.installed({ sutId: bench.sut.id })).toBe(null);
  });

  it('is refused with every reason at once', async () => {
    const { start } = await lab();
    await expect(start({ recipe: 'virtual-media', image: 'nothing' })).rejects.toMatchObject({
      code: 'PREFLIGHT_FAILED',
      data: {
        reasons: [
          expect.objectContaining({ code: 'IMAGE_MISSING' }) as unknown,
          expect.objectContaining({ code: 'SUT_WRONG_KIND', message: expect.stringContaining('login by SSH') as unknown }) as unknown,
        ],
      },
    });
  });
});
