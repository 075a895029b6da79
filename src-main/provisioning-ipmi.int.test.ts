import { createRouterClient } from '@orpc/server';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFaultyBmc, type BmcFault, type FaultyBmc } from '../e2e/lab/faulty-bmc.ts';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { folderWith } from './services/test-data/test-bench.ts';

/** The machine has its media already: the BMC is told what to start from, and the serial port says what it did. */
const RECIPE = `recipe: From the disc it has
image: none
failOn: [on fire]
steps:
  - { do: power, action: off }
  - { do: boot, device: cdrom }
  - { do: power, action: on }
  - { do: waitConsole, pattern: booted from cdrom, limit: 60 }
powerAfter: off
`;
const SUITE = '*** Test Cases ***\nReal\n    Log    hello\n';

let bmc: FaultyBmc;
let harness: Harness;
let testDataId = '';
const ada = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });

beforeAll(async () => {
  bmc = await startFaultyBmc();
  const home = mkdtempSync(join(tmpdir(), 'atn-ipmi-'));
  harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources: join(import.meta.dirname, '../resources') });
  const folder = folderWith({
    'a.robot': SUITE,
    'boot.recipe.yaml': RECIPE,
    'long.recipe.yaml': RECIPE.replace('booted from cdrom, limit: 60', 'never said, limit: 600'),
  });
  for await (const event of await ada().testData.importPath({ path: folder })) if (event.type === 'done') testDataId = event.testData.id;
}, 120_000);
afterAll(async () => {
  await harness.close();
  await bmc.stop();
});

let count = 0;
/** A SUT of its own for every run: what one has left says nothing about the next. */
async function newSut({ port, username, password }: FaultyBmc = bmc) {
  count += 1;
  const endpoint = { provider: 'ipmi' as const, address: '127.0.0.1', port, user: username, password };
  return ada().suts.create({ name: `node-${count}`, endpoints: [endpoint] });
}

async function until(id: string, holds: (run: Run) => boolean): Promise<Run> {
  for await (const run of await ada().runs.follow({ id })) if (holds(run)) return run;
  return ada().runs.get({ id });
}
const ended = (id: string) => until(id, ({ state }) => state === 'ended');
const stepsOf = ({ provisioning }: Run) => provisioning?.suts[0]?.steps.map(({ what, state }) => `${what}: ${state}`) ?? [];
const provision = (sut: string, recipe = 'boot.recipe.yaml') => ada().runs.provision({ sut, recipe, testDataId, when: 'always' });

/** Past every fault. */
async function nothingIsLeft(id: string, machine = bmc): Promise<void> {
  machine.arm(null);
  const sut = await ada().suts.get({ id });
  expect(sut.inUse).toBe(null);
  expect(sut.reservedBy).toBe(null);
  expect(await ada().serving.list()).toEqual([]);
  if (sut.quarantine !== null) return; // it could not be taken back, and everybody is told so
  expect(['none', '']).toContain(machine.bootDevice());
  await vi.waitFor(async () => expect((await ada().suts.powerStatus({ id })).on).toBe(false), 20_000);
}

describe('a provisioning through a BMC that speaks IPMI', { timeout: 240_000 }, () => {
  it('starts the machine from what it was told, sees it say so, tests it, and takes everything back', async () => {
    const sut = await newSut();
    const { id } = await ada().runs.start({
      testDataId,
      suts: [sut.name],
      provisioning: { recipe: 'boot.recipe.yaml', when: 'always' },
    });
    const run = await ended(id);
    expect(run).toMatchObject({ verdict: 'passed', failure: null, counts: { passed: 1 } });
    expect(stepsOf(run)).toEqual([
      'Power off: done',
      'Boot from cdrom once: done',
      'Power on: done',
      'Wait for “booted from cdrom” on the console: done',
      'Power off: done',
      'Restore the boot order: done',
    ]);
    expect(readFileSync(join(run.reportDirectory, 'machine-consoles', `${sut.name}.txt`), 'latin1')).toContain('booted from cdrom');
    await nothingIsLeft(sut.id);
    expect((await ada().suts.get({ id: sut.id })).quarantine).toBe(null);
    await ada().suts.remove({ id: sut.id });
  });

  it('stopped in the middle leaves the machine off and its boot order its own', async () => {
    const sut = await newSut();
    const { id } = await provision(sut.name, 'long.recipe.yaml');
    await until(id, (run) => stepsOf(run).some((step) => step.startsWith('Wait for') && step.endsWith('running')));
    await ada().runs.stop({ id });
    expect(await ended(id)).toMatchObject({ verdict: 'stopped', provisioning: { suts: [{ state: 'stopped' }] } });
    await nothingIsLeft(sut.id);
    await ada().suts.remove({ id: sut.id });
  });

  const PLACES: readonly [string, string][] = [
    ['switching off', 'power 0'],
    ['the boot device', 'boot cdrom'],
    ['switching on', 'power 1'],
    ['taking back the boot order', 'boot none'],
  ];
  const FAULTS: readonly [BmcFault, number][] = [
    ['refused', 1],
    ['refused', 1000],
    ['unanswered', 1],
    ['garbled', 1],
    ['dead', 1],
  ];
  // Beside one another, each with a BMC of its own: most of it is waiting for answers that do not come.
  it.concurrent.each(PLACES)('ends in a named state whatever befalls %s', async (_name, at) => {
    const own = await startFaultyBmc();
    try {
      for (const [how, times] of FAULTS) await endsInNamedState(own, { at, how, times });
    } finally {
      await own.stop();
    }
  });
});

async function endsInNamedState(own: FaultyBmc, fault: { at: string; how: BmcFault; times: number }): Promise<void> {
  const where = JSON.stringify(fault);
  const sut = await newSut(own);
  own.arm(fault);
  const run = await ended((await provision(sut.name)).id);
  expect(own.struck(), where).toBeGreaterThan(0);
  const [machine] = run.provisioning?.suts ?? [];
  expect(['passed', 'error'], where).toContain(run.verdict);
  if (fault.how === 'garbled' || fault.how === 'unanswered') expect(run.verdict, where).toBe('passed');
  expect(machine?.state, where).toBe(run.verdict === 'passed' ? 'done' : 'failed');
  if (run.verdict === 'error') expect(run, where).toMatchObject({ cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
  expect(
    machine?.steps.filter(({ state }) => state === 'running' || state === 'waiting'),
    where,
  ).toEqual([]);
  await nothingIsLeft(sut.id, own);
  await ada().suts.power({ id: sut.id, action: 'off', confirmed: true });
  await ada().suts.remove({ id: sut.id });
}
