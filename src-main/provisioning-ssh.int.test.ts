import { createRouterClient } from '@orpc/server';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultyCable, type CableFault, type FaultyCable } from '../e2e/lab/faulty-cable.ts';
import { startOpenSsh, type OpenSsh } from '../e2e/lab/openssh.ts';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { folderWith } from './services/test-data/test-bench.ts';

const RECIPE = `recipe: By a command
image: none
steps:
  - { do: waitSsh, limit: 15 }
  - { do: ssh, command: "sleep 1; echo made anew", limit: 10 }
`;

let ssh: OpenSsh;
let cable: FaultyCable;
let harness: Harness;
let testDataId = '';
const ada = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });

beforeAll(async () => {
  ssh = await startOpenSsh();
  cable = await startFaultyCable(ssh.port);
  const home = mkdtempSync(join(tmpdir(), 'atn-ssh-'));
  harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources: join(import.meta.dirname, '../resources') });
  const folder = folderWith({
    'a.robot': '*** Test Cases ***\nReal\n    Log    hello\n',
    'ssh.recipe.yaml': RECIPE,
    'long.recipe.yaml': RECIPE.replace('sleep 1', 'sleep 35').replace('limit: 10', 'limit: 300'),
    'endless.recipe.yaml': RECIPE.replace('sleep 1', 'sleep 600').replace('limit: 10', 'limit: 2'),
  });
  for await (const event of await ada().testData.importPath({ path: folder })) if (event.type === 'done') testDataId = event.testData.id;
}, 120_000);
afterAll(async () => {
  await harness.close();
  await cable.close();
  await ssh.stop();
});

let count = 0;
/** A SUT of its own for every run: what one has left says nothing about the next. */
async function newSut({ port }: FaultyCable = cable) {
  count += 1;
  const { username, privateKey, hostKey } = ssh;
  const pin = `SHA256:${hostKey}`;
  const endpoint = { provider: 'ssh' as const, address: '127.0.0.1', port, user: username, password: privateKey, pin };
  return ada().suts.create({ name: `node-${count}`, endpoints: [endpoint] });
}

async function until(id: string, holds: (run: Run) => boolean): Promise<Run> {
  for await (const run of await ada().runs.follow({ id })) if (holds(run)) return run;
  return ada().runs.get({ id });
}
const ended = (id: string) => until(id, ({ state }) => state === 'ended');
const provision = (sut: string, recipe = 'ssh.recipe.yaml') => ada().runs.provision({ sut, recipe, testDataId, when: 'always' });

async function nothingIsLeft(id: string, machine?: { state: string }): Promise<void> {
  const sut = await ada().suts.get({ id });
  expect(sut).toMatchObject({ inUse: null, reservedBy: null });
  // SSH cannot switch a machine off that is half made: it is set aside, and everybody is told why.
  if (machine?.state === 'failed' || machine?.state === 'stopped') expect(sut.quarantine?.evidence).toContain('Power off');
  else expect(sut.quarantine).toBe(null);
  expect(await ada().serving.list()).toEqual([]);
  await ada().suts.remove({ id });
}

describe('a provisioning by SSH', { timeout: 240_000 }, () => {
  it('runs a command for as long as its step says, not as long as machines usually take', async () => {
    const sut = await newSut();
    const run = await ended((await provision(sut.name, 'long.recipe.yaml')).id);
    expect(run).toMatchObject({ verdict: 'passed', failure: null });
    expect(run.provisioning?.suts[0]?.steps[1]?.note).toContain('made anew');
    await nothingIsLeft(sut.id);
  });

  it('ends a command that takes longer than its step says, and one whose run is stopped', async () => {
    const [late, stopped] = [await newSut(), await newSut()];
    const run = await ended((await provision(late.name, 'endless.recipe.yaml')).id);
    expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
    expect(run.failure?.message).toContain('within 2 s');
    const { id } = await provision(stopped.name, 'long.recipe.yaml');
    await until(id, ({ provisioning }) => provisioning?.suts[0]?.steps[1]?.state === 'running');
    await ada().runs.stop({ id });
    expect(await ended(id)).toMatchObject({ verdict: 'stopped', provisioning: { suts: [{ state: 'stopped' }] } });
    for (const { id: sutId } of [late, stopped]) await nothingIsLeft(sutId, { state: 'failed' });
  });

  const PLACES: readonly [string, number][] = [
    ['the greeting', 0],
    ['the keys', 500],
    ['the login', 1700],
    ['the command', 2600],
  ];
  const FAULTS: readonly CableFault[] = ['cut', 'silence', 'garbled'];
  // Beside one another: most of it is waiting for answers that do not come.
  it.concurrent.each(PLACES)('ends in a named state whatever befalls %s on the wire, once or for good', async (_name, after) => {
    const own = await startFaultyCable(ssh.port);
    try {
      for (const how of FAULTS) for (const times of [1, 1000]) await endsInNamedState(own, { how, after, times });
    } finally {
      await own.close();
    }
  });
});

async function endsInNamedState(own: FaultyCable, fault: { how: CableFault; after: number; times: number }): Promise<void> {
  const where = JSON.stringify(fault);
  const sut = await newSut(own);
  own.arm(fault);
  const run = await ended((await provision(sut.name)).id);
  expect(own.struck(), where).toBeGreaterThan(0);
  own.arm(null);
  const [machine] = run.provisioning?.suts ?? [];
  expect(['passed', 'error'], where).toContain(run.verdict);
  expect(machine?.state, where).toBe(run.verdict === 'passed' ? 'done' : 'failed');
  if (run.verdict === 'error') expect(run, where).toMatchObject({ cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
  expect(
    machine?.steps.filter(({ state }) => state === 'running' || state === 'waiting'),
    where,
  ).toEqual([]);
  await nothingIsLeft(sut.id, machine);
}
